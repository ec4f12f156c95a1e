import { z, type ZodType } from 'zod';
import type { ClassPrediction } from '../class-prediction.ts';
import { checkClassFields, classFields, classLabelling, type ClassSettings, type ClassTask } from '../class-task.ts';
import { configuredTask } from '../configured-task.ts';
import type { TaskKind } from '../task-kind.ts';
import { textHead } from '../text-head.ts';

/** One label of several for each text: a topic, an intent, a sentiment. */
export interface ClassificationTask<L extends string = string> extends ClassTask<L> {
  readonly kind: 'classification';
}

const schema: ZodType<ClassificationTask> = z
  .strictObject({ kind: z.literal('classification'), ...classFields })
  .superRefine(checkClassFields);

/**
 * A task with one label of several for each text.
 *
 * @param labels at least two, in the order of the outputs
 * @throws TaskConfigError where labels or settings are wrong
 */
export function classification<const L extends string>(
  labels: readonly L[],
  settings: ClassSettings<L> = {},
): ClassificationTask<L> {
  const config = { ...settings, kind: 'classification', labels };
  return configuredTask(schema, config, 'classification') as ClassificationTask<L>;
}

export const classificationKind: TaskKind<ClassificationTask, ClassPrediction<string>> = {
  schema,
  ...textHead(({ labels }) => labels.length),
  ...classLabelling('classification'),
};

/** The prediction of a task of this kind; never for others. */
export type ClassificationPredictionOf<T> = T extends ClassificationTask<infer L> ? ClassPrediction<L> : never;
/** The label that a row of this kind may have; never for others. */
export type ClassificationLabelOf<T> = T extends ClassificationTask<infer L> ? L : never;
