import { float32Tensor, unreachable } from '@sentence-mtl/core';
import { crossEntropy, focalLoss, type Loss } from '@sentence-mtl/losses';
import { constant, type Value } from '@sentence-mtl/program';
import { z, type ZodType } from 'zod';
import { inLabelOrder, perLabelSchema, type PerLabel } from './label-set.ts';

/** The losses of tasks with one label a row; labels without a class weight weigh 1. */
export type ClassLoss<L extends string = string> =
  | { readonly type: 'crossEntropy'; readonly labelSmoothing: number; readonly classWeights: PerLabel<L> }
  | { readonly type: 'focal'; readonly gamma: number; readonly classWeights: PerLabel<L> };

const classWeights = perLabelSchema(z.number().min(0).max(1e6));

export const classLossSchema: ZodType<ClassLoss> = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('crossEntropy'),
      labelSmoothing: z.number().min(0).lt(1).default(0),
      classWeights,
    }),
    z.strictObject({ type: z.literal('focal'), gamma: z.number().min(0).max(20).default(2), classWeights }),
  ])
  .prefault({ type: 'crossEntropy' });

/** A weight for each class as a value (L), or undefined where all are 1. */
function weightTable(labels: readonly string[], weights: PerLabel<string>): Value | undefined {
  const table = inLabelOrder(labels, weights, 1);
  return table.every((weight) => weight === 1) ? undefined : constant(float32Tensor(table, [table.length]));
}

/** The loss of logits (B, L) for the labels int32 (B). */
export function classLoss(labels: readonly string[], loss: ClassLoss, logits: Value, classes: Value): Loss {
  const weights = weightTable(labels, loss.classWeights);
  switch (loss.type) {
    case 'crossEntropy':
      return crossEntropy(logits, classes, {
        labelSmoothing: loss.labelSmoothing,
        ...(weights !== undefined && { classWeights: weights }),
      });
    case 'focal':
      return focalLoss(logits, classes, loss.gamma, weights);
    default:
      return unreachable(loss);
  }
}
