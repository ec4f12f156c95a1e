// What the kinds of tasks with one label a row have in common, whether they read one text or two.
import { MISSING_CLASS } from '@sentence-mtl/losses';
import { int32 } from '@sentence-mtl/program';
import type { z, ZodType } from 'zod';
import { classLoss, classLossSchema, type ClassLoss } from './class-loss.ts';
import { classPredictions, evaluatedClasses, type ClassPrediction } from './class-prediction.ts';
import type { HeadSettings, TypedSettings } from './configured-task.ts';
import type { EvaluatedClasses } from './evaluated-outputs.ts';
import { headSchema, type HeadConfig } from './head-config.ts';
import { checkLabelKeys, descriptionsSchema, labelIndex, labelsSchema, type LabelSet } from './label-set.ts';
import type { TaskKind } from './task-kind.ts';

export interface ClassTask<L extends string> extends LabelSet<L> {
  readonly head: HeadConfig;
  readonly loss: ClassLoss<L>;
}

export interface ClassSettings<L extends string> extends Partial<Pick<LabelSet<L>, 'descriptions'>> {
  readonly head?: HeadSettings;
  /** Cross entropy by default. */
  readonly loss?: TypedSettings<ClassLoss<L>>;
}

/** The settings of a schema. */
export const classFields: { readonly [K in keyof ClassTask<string>]: ZodType<ClassTask<string>[K]> } = {
  labels: labelsSchema(2),
  descriptions: descriptionsSchema,
  head: headSchema,
  loss: classLossSchema,
};

/** Refines a schema: keys that should be labels are. */
export function checkClassFields(
  { labels, descriptions, loss }: ClassTask<string>,
  context: z.core.$RefinementCtx,
): void {
  checkLabelKeys(labels, descriptions, ['descriptions'], context);
  checkLabelKeys(labels, loss.classWeights, ['loss', 'classWeights'], context);
}

type Labelling = 'labelType' | 'missingLabel' | 'loss' | 'labelRow' | 'fit' | 'predictions' | 'evaluated';

/** All that follows from the labels and not from what the head reads. */
export function classLabelling<T extends ClassTask<string>>(
  kind: EvaluatedClasses['kind'],
): Pick<TaskKind<T, ClassPrediction<string>>, Labelling> {
  return {
    labelType: () => int32('batch'),
    missingLabel: MISSING_CLASS,
    loss: ({ labels, loss }, [logits], classes) => classLoss(labels, loss, logits, classes),
    labelRow: ({ labels }, label) => {
      const index = labelIndex(label, labels);
      return typeof index === 'number' ? [index] : index;
    },
    fit: (task) => task,
    predictions: ({ labels }, outputs, options) => classPredictions(labels, outputs, options),
    evaluated: ({ labels }, outputs, { data }) => evaluatedClasses(kind, labels.length, outputs, data),
  };
}
