export { SentenceMtlError } from '@sentence-mtl/core';
export type {
  EmbeddingPrecision,
  Embeddings,
  EncodeOptions,
  EncodingProgress,
  TokenEmbeddings,
} from '@sentence-mtl/model';
export { SentenceEncoder } from './sentence-encoder.ts';
export type { SentenceEncoderOptions } from './sentence-encoder.ts';
