export {
  DisposedError,
  EngineError,
  FeedError,
  MemoryLimitError,
  MissingEngineError,
  ProgramError,
  SentenceMtlError,
  ShapeError,
} from './errors.ts';
export { boolTensor, float32Tensor, int32Tensor, sizeOfShape } from './host-tensor.ts';
export type { DataOf, DType, HostTensor } from './host-tensor.ts';
export { nearestMatch } from './nearest-match.ts';
