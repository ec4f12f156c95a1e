import { describeValue, float32Tensor, unreachable } from '@sentence-mtl/core';
import { binaryCrossEntropy, sigmoidFocalLoss, type Loss } from '@sentence-mtl/losses';
import { constant, float32, type Value } from '@sentence-mtl/program';
import { z, type ZodType } from 'zod';
import { bestLabels, scoresByLabel, type LabelScore } from '../class-prediction.ts';
import { configuredTask, type HeadSettings, type TypedSettings } from '../configured-task.ts';
import { headSchema, type HeadConfig } from '../head-config.ts';
import {
  checkLabelKeys,
  descriptionsSchema,
  inLabelOrder,
  labelIndex,
  labelsSchema,
  perLabelSchema,
  type LabelSet,
  type PerLabel,
} from '../label-set.ts';
import type { LabelProblem, TaskKind } from '../task-kind.ts';
import { textHead } from '../text-head.ts';

/** Labels without a positive weight weigh 1. */
export type MultiLabelLoss<L extends string = string> =
  | { readonly type: 'binaryCrossEntropy'; readonly positiveWeights: PerLabel<L> }
  | { readonly type: 'focal'; readonly gamma: number; readonly alpha: number };

/** Any number of labels for each text: tags. */
export interface MultiLabelTask<L extends string = string> extends LabelSet<L> {
  readonly kind: 'multi-label';
  /** A label is predicted where its score is at least this, from 0 to 1. */
  readonly threshold: number;
  /** For labels with a threshold of their own. */
  readonly thresholds: PerLabel<L>;
  readonly head: HeadConfig;
  readonly loss: MultiLabelLoss<L>;
}

export interface MultiLabelSettings<L extends string> extends Partial<
  Pick<MultiLabelTask<L>, 'descriptions' | 'threshold' | 'thresholds'>
> {
  readonly head?: HeadSettings;
  /** Binary cross entropy by default. */
  readonly loss?: TypedSettings<MultiLabelLoss<L>>;
}

/** The labels a text has, of those there are. */
export interface MultiLabelPrediction<L extends string> {
  /** Those that reach their threshold, in the order of the task. */
  readonly labels: readonly L[];
  /** The sigmoid of the logits: each from 0 to 1, on its own. */
  readonly scores: Readonly<Record<L, number>>;
  /** The best labels, best first, whatever their thresholds: as many as `topK` asks for, and only where it asks. */
  readonly top?: readonly LabelScore<L>[];
}

const probability = z.number().min(0).max(1);

const lossSchema: ZodType<MultiLabelLoss> = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('binaryCrossEntropy'),
      positiveWeights: perLabelSchema(z.number().gt(0).max(1e6)),
    }),
    z.strictObject({
      type: z.literal('focal'),
      gamma: z.number().min(0).max(20).default(2),
      alpha: probability.default(0.25),
    }),
  ])
  .prefault({ type: 'binaryCrossEntropy' });

const schema: ZodType<MultiLabelTask> = z
  .strictObject({
    kind: z.literal('multi-label'),
    labels: labelsSchema(1),
    descriptions: descriptionsSchema,
    threshold: probability.default(0.5),
    thresholds: perLabelSchema(probability),
    head: headSchema,
    loss: lossSchema,
  })
  .superRefine(({ labels, descriptions, thresholds, loss }, context) => {
    checkLabelKeys(labels, descriptions, ['descriptions'], context);
    checkLabelKeys(labels, thresholds, ['thresholds'], context);
    if (loss.type === 'binaryCrossEntropy')
      checkLabelKeys(labels, loss.positiveWeights, ['loss', 'positiveWeights'], context);
  });

/**
 * A task with any number of labels for each text.
 *
 * @throws TaskConfigError where labels or settings are wrong
 */
export function multiLabel<const L extends string>(
  labels: readonly L[],
  settings: MultiLabelSettings<L> = {},
): MultiLabelTask<L> {
  return configuredTask(schema, { ...settings, kind: 'multi-label', labels }, 'multiLabel') as MultiLabelTask<L>;
}

function lossOf({ labels, loss }: MultiLabelTask, logits: Value, tags: Value): Loss {
  switch (loss.type) {
    case 'binaryCrossEntropy': {
      const weights = inLabelOrder(labels, loss.positiveWeights, 1);
      if (weights.every((weight) => weight === 1)) return binaryCrossEntropy(logits, tags);
      return binaryCrossEntropy(logits, tags, constant(float32Tensor(weights, [weights.length])));
    }
    case 'focal':
      return sigmoidFocalLoss(logits, tags, loss.gamma, loss.alpha);
    default:
      return unreachable(loss);
  }
}

/** A list of labels as a row of zeros and ones. */
function tagRow({ labels }: MultiLabelTask, tags: unknown): readonly number[] | LabelProblem {
  if (!Array.isArray(tags)) return { problem: `${describeValue(tags)} is not a list of labels` };
  const row = labels.map(() => 0);
  for (const tag of tags) {
    const index = labelIndex(tag, labels);
    if (typeof index !== 'number') return index;
    row[index] = 1;
  }
  return row;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function predictionOf(
  task: MultiLabelTask,
  scores: Float64Array,
  topK: number | undefined,
): MultiLabelPrediction<string> {
  const thresholds = inLabelOrder(task.labels, task.thresholds, task.threshold);
  return {
    labels: task.labels.filter((_, index) => (scores[index] ?? NaN) >= (thresholds[index] ?? NaN)),
    scores: scoresByLabel(task.labels, scores),
    ...(topK !== undefined && { top: bestLabels(task.labels, scores, topK) }),
  };
}

export const multiLabelKind: TaskKind<MultiLabelTask, MultiLabelPrediction<string>> = {
  schema,
  ...textHead(({ labels }) => labels.length),
  labelType: ({ labels }) => float32('batch', labels.length),
  missingLabel: NaN,
  loss: (task, [logits], tags) => lossOf(task, logits, tags),
  labelRow: tagRow,
  fit: (task) => task,
  predictions: (task, [logits], { topK }) => {
    const [scores, width] = [Float64Array.from(logits?.data ?? [], sigmoid), task.labels.length];
    return Array.from({ length: scores.length / width }, (_, row) =>
      predictionOf(task, scores.subarray(row * width, (row + 1) * width), topK),
    );
  },
  evaluated: ({ labels, threshold, thresholds }, [logits], { data }) => {
    const probabilities = Float64Array.from(logits?.data ?? [], sigmoid);
    const limits = inLabelOrder(labels, thresholds, threshold);
    const predictions = Uint8Array.from(probabilities, (score, at) =>
      score >= (limits[at % limits.length] ?? NaN) ? 1 : 0,
    );
    return { kind: 'multi-label', labelCount: labels.length, predictions, probabilities, labels: data };
  },
};

/** The prediction of a task of this kind; never for others. */
export type MultiLabelPredictionOf<T> = T extends MultiLabelTask<infer L> ? MultiLabelPrediction<L> : never;
/** The label that a row of this kind may have; never for others. */
export type MultiLabelLabelOf<T> = T extends MultiLabelTask<infer L> ? readonly L[] : never;
