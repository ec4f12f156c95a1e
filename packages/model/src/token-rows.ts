import type { HostTensor } from '@sentence-mtl/core';
import type { TokenEmbeddings } from './embeddings.ts';

interface TokenBatchEmbeddings {
  /** (B, T) */
  readonly attentionMask: HostTensor<'int32'>;
  /** (B, T, D) */
  readonly embedding: HostTensor<'float32'>;
}

/** The vectors of each row's own tokens, padding left out, whichever side it is on. */
export function tokenRows({ attentionMask, embedding }: TokenBatchEmbeddings): readonly TokenEmbeddings[] {
  const [rows = 0, width = 0, dimension = 0] = embedding.shape;
  return Array.from({ length: rows }, (_, row) => {
    const mask = attentionMask.data.subarray(row * width, (row + 1) * width);
    const tokens = mask.reduce((sum, one) => sum + one, 0);
    const start = row * width + Math.max(0, mask.indexOf(1));
    return {
      shape: [tokens, dimension] as const,
      data: embedding.data.slice(start * dimension, (start + tokens) * dimension),
    };
  });
}
