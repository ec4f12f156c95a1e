import { SentenceMtlError } from '@sentence-mtl/core';

/** The command line is not one that the program takes: exit code 2. */
export class UsageError extends SentenceMtlError {
  readonly code = 'USAGE';
}

/** The work was ended by a signal; the message says what is done and how to go on. */
export class InterruptedError extends SentenceMtlError {
  readonly code = 'INTERRUPTED';
}

/** Whoever read the output has gone (`| head`): nobody is left to tell, so the program ends quietly. */
export class BrokenPipeError extends SentenceMtlError {
  readonly code = 'BROKEN_PIPE';
}

/** What was checked is not in order, which the command's result has told already: exit code 1 and no more words. */
export class FailedCheckError extends SentenceMtlError {
  readonly code = 'FAILED_CHECK';
}
