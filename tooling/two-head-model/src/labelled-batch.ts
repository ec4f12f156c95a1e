import { int32Tensor, type HostTensor, type TokenBatch } from '@sentence-mtl/core';
import type { EncoderConfig } from '@sentence-mtl/encoder';

/** Texts as token ids with a label for each task; a label under 0 is missing. */
export interface LabelledBatch {
  /** (B, T) */
  readonly inputIds: HostTensor<'int32'>;
  /** (B, T) */
  readonly attentionMask: HostTensor<'int32'>;
  /** (B) for each task. */
  readonly labels: Readonly<Record<string, HostTensor<'int32'>>>;
}

/** The texts of a batch as an encoder takes them: all of the first segment, where it has segments. */
export function textsOf({ inputIds, attentionMask }: LabelledBatch, { tokenTypeCount }: EncoderConfig): TokenBatch {
  if (tokenTypeCount < 2) return { inputIds, attentionMask };
  const tokenTypeIds = int32Tensor(new Int32Array(inputIds.data.length), inputIds.shape);
  return { inputIds, attentionMask, tokenTypeIds };
}
