import { int32Tensor, type TokenBatch } from '@sentence-mtl/core';
import type { Encoding } from './tokenizer.ts';
import type { Padding } from './tokenizer-settings.ts';

export interface PadOptions {
  /** Give the segments too; for the architectures that have them. Default false. */
  readonly tokenTypeIds?: boolean;
  /** Pads to at least this many tokens. */
  readonly width?: number | undefined;
}

/**
 * One batch of rows padded to the longest of them, at least one token wide.
 *
 * @returns `inputIds`, `attentionMask` (1 for tokens, 0 for padding), `tokenTypeIds` where wanted, all (B, T)
 */
export function padEncodings(encodings: readonly Encoding[], padding: Padding, options: PadOptions = {}): TokenBatch {
  const width = encodings.reduce((most, { ids }) => Math.max(most, ids.length), Math.max(1, options.width ?? 1));
  const shape = [encodings.length, width];
  const inputIds = new Int32Array(encodings.length * width).fill(padding.id);
  const attentionMask = new Int32Array(inputIds.length);
  const tokenTypeIds = new Int32Array(options.tokenTypeIds === true ? inputIds.length : 0).fill(padding.typeId);
  encodings.forEach(({ ids, typeIds }, row) => {
    const start = row * width + (padding.side === 'left' ? width - ids.length : 0);
    inputIds.set(ids, start);
    attentionMask.fill(1, start, start + ids.length);
    if (options.tokenTypeIds === true) tokenTypeIds.set(typeIds, start);
  });
  return {
    inputIds: int32Tensor(inputIds, shape),
    attentionMask: int32Tensor(attentionMask, shape),
    ...(options.tokenTypeIds === true && { tokenTypeIds: int32Tensor(tokenTypeIds, shape) }),
  };
}
