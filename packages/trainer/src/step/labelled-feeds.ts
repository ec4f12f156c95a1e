import { int32Tensor, tokenBatchSize, type HostTensor, type TokenBatch } from '@sentence-mtl/core';
import { labelsInput, rowsInput } from '../program/task-inputs.ts';
import type { StepFeeds } from './step-program.ts';

/** Texts with the labels of every task: each text is a row of each task, one without a label too. */
export interface LabelledTexts {
  readonly texts: TokenBatch;
  /** As `labelType` of heads has them, B rows for each task, by its name. */
  readonly labels: Readonly<Record<string, HostTensor>>;
}

/**
 * A batch that is at hand as tensors, as a step of one micro-batch takes it, for tasks with one text a row.
 *
 * @throws ShapeError when the tensors of the texts are not all (B, T)
 */
export function labelledFeeds({ texts, labels }: LabelledTexts): Pick<StepFeeds, 'microBatches' | 'labels'> {
  const { batch } = tokenBatchSize(texts);
  const every = int32Tensor(
    Int32Array.from({ length: batch }, (_, row) => row),
    [batch],
  );
  const named = Object.fromEntries(Object.entries(labels).map(([task, rows]) => [labelsInput(task), rows]));
  const rows = Object.fromEntries(Object.keys(labels).map((task) => [rowsInput(task, 0), every]));
  return { microBatches: [{ ...texts, ...rows, ...named }], labels: named };
}
