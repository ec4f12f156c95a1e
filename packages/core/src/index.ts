export { describeValue } from './describe-value.ts';
export {
  ArgumentError,
  DisposedError,
  EngineError,
  FeedError,
  MemoryLimitError,
  MissingEngineError,
  ProgramError,
  SentenceMtlError,
  ShapeError,
} from './errors.ts';
export { fitsHalf, narrowToHalf, widenFromHalf } from './half-precision.ts';
export { boolTensor, float32Tensor, int32Tensor, sizeOfShape } from './host-tensor.ts';
export type { DataOf, DType, HostTensor } from './host-tensor.ts';
export { int8Rows } from './int8-rows.ts';
export type { Int8Rows } from './int8-rows.ts';
export { nearestMatch } from './nearest-match.ts';
export { isBias, isNormalization } from './parameter-roles.ts';
export { checkParameterPath, countParameters } from './parameters.ts';
export type { Parameters } from './parameters.ts';
export { Random } from './random/random.ts';
export type { StreamLabel } from './random/split-stream.ts';
export { explainSystemError, systemErrorCode } from './system-error.ts';
export { tokenBatchSize } from './token-batch.ts';
export type { TokenBatch } from './token-batch.ts';
export { unreachable } from './unreachable.ts';
