import { float32Tensor, type HostTensor } from '@sentence-mtl/core';
import type { GoldenBatch } from './golden-model.ts';

type Tensors = Readonly<Record<string, HostTensor>>;

/** The tensors that a step feeds beside the parameters; `lossWeights` has a weight for each task, in their order. */
export function batchFeeds({ inputIds, attentionMask, labels }: GoldenBatch, lossWeights: readonly number[]): Tensors {
  const named = Object.entries(labels).map(([task, tensor]) => [`labels.${task}`, tensor] as const);
  return {
    inputIds,
    attentionMask,
    ...Object.fromEntries(named),
    lossWeights: float32Tensor(lossWeights, [lossWeights.length]),
  };
}
