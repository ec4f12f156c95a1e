import { SentenceMtlError } from '@sentence-mtl/core';

/** What is asked of an export cannot be had in the file or folder it goes to. */
export class ExportError extends SentenceMtlError {
  readonly code = 'EXPORT';
}
