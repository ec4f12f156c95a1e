import { SentenceMtlError } from '@sentence-mtl/core';

/** A folder that is of no run, or a file of a run that is damaged. */
export class RunFileError extends SentenceMtlError {
  readonly code = 'RUN_FILE';
}
