export { SentenceMtlError } from '@sentence-mtl/core';
export { quantizationRanges, quantizeEmbeddings, semanticSearch, similarity } from '@sentence-mtl/model';
export type {
  EmbeddingPrecision,
  Embeddings,
  EncodeOptions,
  EncodingProgress,
  LoadOptions,
  LoadTaskOptions,
  Matrix,
  ModelNotice,
  PairPredictions,
  PairPredictOptions,
  PredictOptions,
  QuantizationRanges,
  SearchHit,
  SearchOptions,
  SimilarityMeasure,
  StreamedEmbedding,
  StreamOptions,
  TextPredictions,
  TokenEmbeddings,
  WithEmbedding,
} from '@sentence-mtl/model';
export type { WithDefaultEngine } from './default-engine.ts';
export { MultiTaskModel } from './multi-task-model.ts';
export { SentenceEncoder } from './sentence-encoder.ts';
