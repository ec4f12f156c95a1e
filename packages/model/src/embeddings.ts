/** Number formats of embeddings: `int8` and `uint8` by a range per dimension, `binary` and `ubinary` a bit each. */
export const PRECISIONS = ['float32', 'int8', 'uint8', 'binary', 'ubinary'] as const;

export type EmbeddingPrecision = (typeof PRECISIONS)[number];

interface DataByPrecision {
  float32: Float32Array;
  int8: Int8Array;
  uint8: Uint8Array;
  binary: Int8Array;
  ubinary: Uint8Array;
}

interface EmbeddingsOf<P extends EmbeddingPrecision> {
  readonly precision: P;
  /** Rows and values in a row; of `binary` and `ubinary` a value is 8 dimensions. */
  readonly shape: readonly [rows: number, columns: number];
  /** Row-major. */
  readonly data: DataByPrecision[P];
}

/** A row for each text, in the order of the texts: a union discriminated by `precision`. */
export type Embeddings<P extends EmbeddingPrecision = EmbeddingPrecision> = { [K in P]: EmbeddingsOf<K> }[P];

/** The vectors of one text's tokens, special tokens included, padding not. */
export interface TokenEmbeddings {
  readonly shape: readonly [tokens: number, dimension: number];
  readonly data: Float32Array;
}
