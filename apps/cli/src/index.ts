export { SentenceMtlError } from '@sentence-mtl/core';
export { quantizationRanges, quantizeEmbeddings, semanticSearch, similarity } from '@sentence-mtl/model';
export type {
  EmbeddingPrecision,
  Embeddings,
  EncodeOptions,
  EncodingProgress,
  Matrix,
  ModelNotice,
  QuantizationRanges,
  SearchHit,
  SearchOptions,
  SimilarityMeasure,
  StreamedEmbedding,
  StreamOptions,
  TokenEmbeddings,
} from '@sentence-mtl/model';
export { SentenceEncoder } from './sentence-encoder.ts';
export type { SentenceEncoderOptions } from './sentence-encoder.ts';
