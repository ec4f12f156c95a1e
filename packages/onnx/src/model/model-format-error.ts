import { SentenceMtlError } from '@sentence-mtl/core';

/** Bytes that are no ONNX model, or one that is cut off. */
export class ModelFormatError extends SentenceMtlError {
  readonly code = 'MODEL_FORMAT';
}
