import { float32Tensor } from '@sentence-mtl/core';
import {
  binaryCrossEntropy,
  crossEntropy,
  focalLoss,
  pairFeatures,
  sigmoidFocalLoss,
  softCrossEntropy,
  type PairFeatures,
  type RowLosses,
} from '@sentence-mtl/losses';
import { constant, float32, less, linear, sum, where, type Value } from '@sentence-mtl/program';
import { classes, embeddings, logits, lossCase, type LossCase } from './loss-case.ts';

const classWeights = (): Value => constant(float32Tensor([0.5, 2, 1, 1.5], [4]));

const labelled = { logits, labels: classes };
const tagged = { logits, labels: logits };

const crossEntropyCase = (options: (weights: Value) => Parameters<typeof crossEntropy>[2]): LossCase =>
  lossCase(labelled, ({ logits: x, labels }) => crossEntropy(x, labels, options(classWeights())));

/** The softmax loss on pairs, a linear layer on as many features as asked for. */
function pairCase(width: number, features: PairFeatures): LossCase {
  const inputs = { e0: embeddings, e1: embeddings, weight: float32(3, width), bias: float32(3), labels: classes };
  return lossCase(inputs, ({ e0, e1, weight, bias, labels }): RowLosses =>
    crossEntropy(linear(pairFeatures(e0, e1, features), weight, bias), labels),
  );
}

export const classificationCases: Readonly<Record<string, LossCase>> = {
  'cross-entropy': crossEntropyCase(() => ({})),
  'cross-entropy-sum': lossCase(labelled, ({ logits: x, labels }) => sum(crossEntropy(x, labels).values)),
  'cross-entropy-large-logits': crossEntropyCase(() => ({})),
  'cross-entropy-label-smoothing-0.1': crossEntropyCase(() => ({ labelSmoothing: 0.1 })),
  'cross-entropy-class-weights': crossEntropyCase((weights) => ({ classWeights: weights })),
  'cross-entropy-class-weights-label-smoothing': crossEntropyCase((weights) => ({
    classWeights: weights,
    labelSmoothing: 0.2,
  })),
  'cross-entropy-soft-labels': lossCase(tagged, ({ logits: x, labels }) => softCrossEntropy(x, labels)),

  'focal-gamma-2': lossCase(labelled, ({ logits: x, labels }) => focalLoss(x, labels, 2)),
  'focal-gamma-1.5-alpha': lossCase(labelled, ({ logits: x, labels }) => focalLoss(x, labels, 1.5, classWeights())),
  'focal-gamma-0-is-cross-entropy': lossCase(labelled, ({ logits: x, labels }) => focalLoss(x, labels, 0)),
  'sigmoid-focal': lossCase(tagged, ({ logits: x, labels }) => sigmoidFocalLoss(x, labels, 2, 0.25)),

  'bce-multi-label': lossCase(tagged, ({ logits: x, labels }) => binaryCrossEntropy(x, labels)),
  // Recorded with −1 where a label is missing.
  'bce-multi-label-missing': lossCase(tagged, ({ logits: x, labels }) =>
    binaryCrossEntropy(x, where(less(labels, 0), NaN, labels)),
  ),
  'bce-multi-label-pos-weight': lossCase({ ...tagged, pos_weight: float32(4) }, ({ logits: x, labels, pos_weight }) =>
    binaryCrossEntropy(x, labels, pos_weight),
  ),

  SoftmaxLoss: pairCase(24, {}),
  'SoftmaxLoss-with-product': pairCase(32, { product: true }),
  'SoftmaxLoss-difference-only': pairCase(8, { embeddings: false }),
};
