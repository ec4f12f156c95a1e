import { float32Tensor, type HostTensor } from '@sentence-mtl/core';

type Tensors = Readonly<Record<string, HostTensor>>;

/** Texts as token ids with a label for each task; a label under 0 is missing. */
export interface LabelledBatch {
  /** (B, T) */
  readonly inputIds: HostTensor<'int32'>;
  /** (B, T) */
  readonly attentionMask: HostTensor<'int32'>;
  /** (B) for each task. */
  readonly labels: Readonly<Record<string, HostTensor<'int32'>>>;
}

/** The tensors that a step feeds beside the parameters; `lossWeights` has a weight for each task, in their order. */
export function batchFeeds(
  { inputIds, attentionMask, labels }: LabelledBatch,
  lossWeights: readonly number[],
): Tensors {
  const named = Object.entries(labels).map(([task, tensor]) => [`labels.${task}`, tensor] as const);
  return {
    inputIds,
    attentionMask,
    ...Object.fromEntries(named),
    lossWeights: float32Tensor(lossWeights, [lossWeights.length]),
  };
}
