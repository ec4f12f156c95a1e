import { SentenceMtlError } from '@sentence-mtl/core';

/** A file or folder of a model is missing, broken, or not of a kind that is read here. */
export class ModelFileError extends SentenceMtlError {
  readonly code = 'MODEL_FILE';
}

/** What went wrong with a hub; for programs that act on it. */
export type HubProblem =
  | 'unknown'
  | 'gated'
  | 'unauthorised'
  | 'offline'
  | 'network'
  | 'checksum'
  | 'disk'
  | 'answer'
  | 'id';

/** A model could not be fetched from a hub or found in its cache. */
export class HubError extends SentenceMtlError {
  readonly code = 'HUB';
  readonly problem: HubProblem;

  constructor(problem: HubProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
