import { describeValue, unreachable } from '@sentence-mtl/core';
import { cosent, dotProduct, meanSquaredError, type Loss } from '@sentence-mtl/losses';
import { div, float32, sub, type Value } from '@sentence-mtl/program';
import { z, type ZodType } from 'zod';
import { configuredTask, type TypedSettings } from '../configured-task.ts';
import { numberOf } from '../number-label.ts';
import type { LabelProblem, TaskKind } from '../task-kind.ts';
import { textAt } from '../text-values.ts';

export type PairSimilarityLoss =
  | { readonly type: 'cosineSimilarity' }
  /** Only the order of scores counts. Its rows compare themselves, so a batch may not be cut; see `BatchLoss`. */
  | { readonly type: 'cosent'; readonly scale: number };

/** How alike two texts are: the cosine of their embeddings. There is no head. */
export interface PairSimilarityTask {
  readonly kind: 'pair-similarity';
  /** The scores that cosines of 0 and of 1 stand for. */
  readonly range: readonly [least: number, most: number];
  readonly loss: PairSimilarityLoss;
}

export interface PairSimilaritySettings {
  /** `[0, 1]` by default. */
  readonly range?: readonly [least: number, most: number];
  /** The squared error of the cosine by default. */
  readonly loss?: TypedSettings<PairSimilarityLoss>;
}

export interface PairSimilarityPrediction {
  /** On the scale of the task. */
  readonly score: number;
}

const schema: ZodType<PairSimilarityTask> = z
  .strictObject({
    kind: z.literal('pair-similarity'),
    range: z.tuple([z.number(), z.number()]).default([0, 1]),
    loss: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('cosineSimilarity') }),
        z.strictObject({ type: z.literal('cosent'), scale: z.number().gt(0).default(20) }),
      ])
      .prefault({ type: 'cosineSimilarity' }),
  })
  .superRefine(({ range: [least, most] }, context) => {
    if (least < most) return;
    context.addIssue({
      code: 'custom',
      message: `is from ${least} to ${most}; the first must be the lower`,
      path: ['range'],
    });
  });

/** A task with a score for each pair of texts. @throws TaskConfigError where settings are wrong */
export function pairSimilarity(settings: PairSimilaritySettings = {}): PairSimilarityTask {
  return configuredTask(schema, { ...settings, kind: 'pair-similarity' }, 'pairSimilarity');
}

function lossOf({ range: [least, most], loss }: PairSimilarityTask, similarities: Value, scores: Value): Loss {
  switch (loss.type) {
    case 'cosineSimilarity':
      return meanSquaredError(similarities, div(sub(scores, least), most - least));
    case 'cosent':
      return cosent(similarities, scores, loss.scale);
    default:
      return unreachable(loss);
  }
}

function scoreRow({ range: [least, most] }: PairSimilarityTask, score: unknown): readonly number[] | LabelProblem {
  const number = numberOf(score);
  if (number === undefined) return { problem: `${describeValue(score)} is not a number` };
  return number >= least && number <= most
    ? [number]
    : { problem: `${number} is outside its range, ${least} to ${most}` };
}

const scoresOf = ({ range: [least, most] }: PairSimilarityTask, data: ArrayLike<number>): Float64Array =>
  Float64Array.from(data, (cosine) => least + cosine * (most - least));

export const pairSimilarityKind: TaskKind<PairSimilarityTask, PairSimilarityPrediction> = {
  schema,
  textCount: () => 2,
  head: () => undefined,
  outputs: (_task, texts) => [dotProduct(textAt(texts, 0).normalized, textAt(texts, 1).normalized)],
  labelType: () => float32('batch'),
  missingLabel: NaN,
  loss: (task, [similarities], scores) => lossOf(task, similarities, scores),
  labelRow: scoreRow,
  fit: (task) => task,
  predictions: (task, [similarities]) => Array.from(scoresOf(task, similarities?.data ?? []), (score) => ({ score })),
  evaluated: (task, [similarities], { data }) => ({
    kind: 'pair-similarity',
    predictions: scoresOf(task, similarities?.data ?? []),
    labels: data,
    width: 1,
  }),
};

/** The prediction of a task of this kind; never for others. */
export type PairSimilarityPredictionOf<T> = T extends PairSimilarityTask ? PairSimilarityPrediction : never;
/** The label that a row of this kind may have; never for others. */
export type PairSimilarityLabelOf<T> = T extends PairSimilarityTask ? number : never;
