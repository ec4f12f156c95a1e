import { ArgumentError } from '@sentence-mtl/core';

/** The numbers of an embedding; those packed as bits are bytes. */
export type Elements = 'float32' | 'int8' | 'uint8';

export interface EmbeddingRow {
  readonly text: string;
  readonly embedding: Float32Array | Int8Array | Uint8Array;
}

/** What all embeddings of a file are like. */
export interface EmbeddingShape {
  /** The number of elements of each. */
  readonly dimension: number;
  readonly elements: Elements;
}

const ARRAYS = { float32: Float32Array, int8: Int8Array, uint8: Uint8Array } as const;

/** @throws ArgumentError where an embedding is of another shape */
export function checkEmbedding({ embedding }: EmbeddingRow, { dimension, elements }: EmbeddingShape): void {
  if (embedding instanceof ARRAYS[elements] && embedding.length === dimension) return;
  throw new ArgumentError(
    `an embedding has ${embedding.length} elements in a ${embedding.constructor.name}; ${dimension} of ${elements} are needed`,
  );
}

/** The bytes of an element. */
export function bytesPerElement(elements: Elements): number {
  return ARRAYS[elements].BYTES_PER_ELEMENT;
}
