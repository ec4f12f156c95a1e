import { SentenceMtlError } from '@sentence-mtl/core';

/** The parts of a model do not fit each other: tensors are missing, or sizes differ. */
export class ModelError extends SentenceMtlError {
  readonly code = 'MODEL';
}
