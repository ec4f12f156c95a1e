import { describeValue } from '@sentence-mtl/core';
import { float32 } from '@sentence-mtl/program';
import { z, type ZodType } from 'zod';
import { configuredTask, type TypedSettings } from '../configured-task.ts';
import {
  comparesPairs,
  embeddingLoss,
  embeddingLossSchema,
  textsOfLoss,
  type EmbeddingLoss,
} from '../embedding-loss.ts';
import type { EvaluatedOutputs } from '../evaluated-outputs.ts';
import type { LabelProblem, OutputTensors, OutputValues, TaskKind } from '../task-kind.ts';
import { headFeatures, textAt } from '../text-values.ts';

/** Texts that belong together are to be near: pairs, triplets, or pairs with hard negatives. There is no head. */
export interface EmbeddingTask {
  readonly kind: 'embedding';
  /** The sentence embedding at length 1, or before it is normalised. */
  readonly input: 'normalized' | 'embedding';
  readonly loss: EmbeddingLoss;
}

export interface EmbeddingSettings {
  /** `normalized` by default. */
  readonly input?: EmbeddingTask['input'];
  /** Multiple negatives ranking by default. */
  readonly loss?: TypedSettings<EmbeddingLoss>;
}

const schema: ZodType<EmbeddingTask> = z.strictObject({
  kind: z.literal('embedding'),
  input: z.enum(['normalized', 'embedding']).default('normalized'),
  loss: embeddingLossSchema,
});

/** A task of texts that belong together. @throws TaskConfigError where settings are wrong */
export function embedding(settings: EmbeddingSettings = {}): EmbeddingTask {
  return configuredTask(schema, { ...settings, kind: 'embedding' }, 'embedding');
}

/** 1 or true for texts that belong together; 0 or false for pairs that do not, where the loss takes them. */
function labelRow({ loss }: EmbeddingTask, label: unknown): readonly number[] | LabelProblem {
  const alike = new Map<unknown, number>([
    [1, 1],
    [0, 0],
    [true, 1],
    [false, 0],
    ['1', 1],
    ['0', 0],
  ]).get(label);
  if (alike === undefined) return { problem: `${describeValue(label)} is neither 1 (alike) nor 0 (not alike)` };
  if (alike === 1 || comparesPairs(loss)) return [alike];
  return { problem: `0 (not alike) is nothing that the loss ${loss.type} can learn from; "contrastive" can` };
}

/** The cosine of matching rows of two matrices (N, E). */
function cosines(x: ArrayLike<number>, y: ArrayLike<number>, rows: number): Float64Array {
  const width = x.length / rows;
  return Float64Array.from({ length: rows }, (_, row) => {
    let [dot, ofX, ofY] = [0, 0, 0];
    for (let i = row * width; i < (row + 1) * width; i++) {
      const [a, b] = [x[i] ?? NaN, y[i] ?? NaN];
      dot += a * b;
      ofX += a * a;
      ofY += b * b;
    }
    return dot / Math.max(Math.sqrt(ofX * ofY), 1e-24);
  });
}

function evaluated(
  { loss }: EmbeddingTask,
  [first, second]: OutputTensors,
  labels: ArrayLike<number>,
): EvaluatedOutputs {
  const [queries, documents] = [first?.data ?? [], second?.data ?? []];
  if (comparesPairs(loss)) {
    return { kind: 'pair-similarity', predictions: cosines(queries, documents, labels.length), labels, width: 1 };
  }
  return { kind: 'embedding', dimension: queries.length / labels.length, queries, documents, labels };
}

export const embeddingKind: TaskKind<EmbeddingTask, never> = {
  schema,
  textCount: ({ loss }) => textsOfLoss(loss),
  head: () => undefined,
  outputs: ({ input, loss }, texts) => {
    const [first, ...others] = Array.from({ length: textsOfLoss(loss) }, (_, i) =>
      headFeatures(input, textAt(texts, i)),
    );
    return [first, ...others] as OutputValues;
  },
  labelType: () => float32('batch'),
  missingLabel: NaN,
  loss: ({ loss }, outputs, labels) => embeddingLoss(loss, outputs, labels),
  labelRow,
  fit: (task) => task,
  predictions: () => [],
  evaluated: (task, outputs, { data }) => evaluated(task, outputs, data),
};

/** The label that a row of this kind may have; never for others. */
export type EmbeddingLabelOf<T> = T extends EmbeddingTask ? 0 | 1 | boolean : never;
