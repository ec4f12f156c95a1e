import { pairFeatures } from '@sentence-mtl/losses';
import { z, type ZodType } from 'zod';
import type { ClassPrediction } from '../class-prediction.ts';
import { checkClassFields, classFields, classLabelling, type ClassSettings, type ClassTask } from '../class-task.ts';
import { configuredTask } from '../configured-task.ts';
import type { TaskKind } from '../task-kind.ts';
import { featureSize, headFeatures, textAt } from '../text-values.ts';

/** What the head reads of two embeddings u and v, beside |u − v|. */
export interface PairReading {
  /** u and v themselves. */
  readonly embeddings: boolean;
  /** u · v, element by element. */
  readonly product: boolean;
}

/** One label of several for two texts together: whether one follows from the other, or contradicts it. */
export interface PairClassificationTask<L extends string = string> extends ClassTask<L> {
  readonly kind: 'pair-classification';
  readonly reads: PairReading;
}

export interface PairClassificationSettings<L extends string> extends ClassSettings<L> {
  /** u, v and |u − v| by default. */
  readonly reads?: Partial<PairReading>;
}

const schema: ZodType<PairClassificationTask> = z
  .strictObject({
    kind: z.literal('pair-classification'),
    reads: z.strictObject({ embeddings: z.boolean().default(true), product: z.boolean().default(false) }).prefault({}),
    ...classFields,
  })
  .superRefine(checkClassFields);

/**
 * A task with one label of several for each pair of texts, told from u, v and |u − v| (Reimers and Gurevych 2019).
 *
 * @throws TaskConfigError where labels or settings are wrong
 */
export function pairClassification<const L extends string>(
  labels: readonly L[],
  settings: PairClassificationSettings<L> = {},
): PairClassificationTask<L> {
  const config = { ...settings, kind: 'pair-classification', labels };
  return configuredTask(schema, config, 'pairClassification') as PairClassificationTask<L>;
}

const partsOf = ({ embeddings, product }: PairReading): number => (embeddings ? 2 : 0) + 1 + (product ? 1 : 0);

export const pairClassificationKind: TaskKind<PairClassificationTask, ClassPrediction<string>> = {
  schema,
  textCount: () => 2,
  head: ({ head, labels, reads }, sizes) => ({
    config: head,
    inputSize: partsOf(reads) * featureSize(head.input, sizes),
    outputSize: labels.length,
  }),
  outputs: ({ head, reads }, texts, apply) => {
    const [u, v] = [headFeatures(head.input, textAt(texts, 0)), headFeatures(head.input, textAt(texts, 1))];
    return [apply(head, pairFeatures(u, v, reads))];
  },
  ...classLabelling('pair-classification'),
};

/** The prediction of a task of this kind; never for others. */
export type PairClassificationPredictionOf<T> = T extends PairClassificationTask<infer L> ? ClassPrediction<L> : never;
/** The label that a row of this kind may have; never for others. */
export type PairClassificationLabelOf<T> = T extends PairClassificationTask<infer L> ? L : never;
