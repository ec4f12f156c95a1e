import { SentenceMtlError } from '@sentence-mtl/core';
import { describeProblem, type RowProblem } from './row-problem.ts';

/** A data file cannot be read or written, or is not of a kind that is read here. */
export class DataFileError extends SentenceMtlError {
  readonly code = 'DATA_FILE';
}

/** Rows of a file are broken; the message has a line for each. */
export class BadRowsError extends SentenceMtlError {
  readonly code = 'BAD_ROWS';
  readonly problems: readonly RowProblem[];

  constructor(problems: readonly RowProblem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.problems = problems;
  }
}
