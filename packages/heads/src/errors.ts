import { SentenceMtlError } from '@sentence-mtl/core';

/** A task's definition or a head's config file is wrong: a name, a kind, a setting. */
export class TaskConfigError extends SentenceMtlError {
  readonly code = 'TASK_CONFIG';
}

/** A label is not one that its task has. */
export class LabelError extends SentenceMtlError {
  readonly code = 'LABEL';
  /** The index of the row, from 0. */
  readonly row: number;

  constructor(row: number, message: string) {
    super(message);
    this.row = row;
  }
}
