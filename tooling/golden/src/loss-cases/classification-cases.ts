import { float32Tensor } from '@sentence-mtl/core';
import { constant, float32, type Value } from '@sentence-mtl/program';
import { binaryCrossEntropy, binaryCrossEntropyWithMissing } from '../losses/binary-cross-entropy.ts';
import { crossEntropy, crossEntropySum, softCrossEntropy, weightedCrossEntropy } from '../losses/cross-entropy.ts';
import { focal, sigmoidFocal } from '../losses/focal.ts';
import { pairClassification } from '../losses/pair-classification.ts';
import { classes, embeddings, logits, lossCase, type LossCase } from './loss-case.ts';

const classWeights = (): Value => constant(float32Tensor([0.5, 2, 1, 1.5], [4]));
const pair = { e0: embeddings, e1: embeddings, bias: float32(3), labels: classes };

const labelled = { logits, labels: classes };
const tagged = { logits, labels: logits };

export const classificationCases: Readonly<Record<string, LossCase>> = {
  'cross-entropy': lossCase(labelled, ({ logits: x, labels }) => crossEntropy(x, labels)),
  'cross-entropy-sum': lossCase(labelled, ({ logits: x, labels }) => crossEntropySum(x, labels)),
  'cross-entropy-large-logits': lossCase(labelled, ({ logits: x, labels }) => crossEntropy(x, labels)),
  'cross-entropy-label-smoothing-0.1': lossCase(labelled, ({ logits: x, labels }) =>
    weightedCrossEntropy(x, labels, { labelSmoothing: 0.1 }),
  ),
  'cross-entropy-class-weights': lossCase(labelled, ({ logits: x, labels }) =>
    weightedCrossEntropy(x, labels, { classWeights: classWeights() }),
  ),
  'cross-entropy-class-weights-label-smoothing': lossCase(labelled, ({ logits: x, labels }) =>
    weightedCrossEntropy(x, labels, { classWeights: classWeights(), labelSmoothing: 0.2 }),
  ),
  'cross-entropy-soft-labels': lossCase(tagged, ({ logits: x, labels }) => softCrossEntropy(x, labels)),

  'focal-gamma-2': lossCase(labelled, ({ logits: x, labels }) => focal(x, labels, 2)),
  'focal-gamma-1.5-alpha': lossCase(labelled, ({ logits: x, labels }) => focal(x, labels, 1.5, classWeights())),
  'focal-gamma-0-is-cross-entropy': lossCase(labelled, ({ logits: x, labels }) => focal(x, labels, 0)),
  'sigmoid-focal': lossCase(tagged, ({ logits: x, labels }) => sigmoidFocal(x, labels, 2, 0.25)),

  'bce-multi-label': lossCase(tagged, ({ logits: x, labels }) => binaryCrossEntropy(x, labels)),
  'bce-multi-label-missing': lossCase(tagged, ({ logits: x, labels }) => binaryCrossEntropyWithMissing(x, labels)),
  'bce-multi-label-pos-weight': lossCase({ ...tagged, pos_weight: float32(4) }, ({ logits: x, labels, pos_weight }) =>
    binaryCrossEntropy(x, labels, pos_weight),
  ),

  SoftmaxLoss: lossCase({ ...pair, weight: float32(3, 24) }, ({ e0, e1, weight, bias, labels }) =>
    pairClassification(e0, e1, weight, bias, labels),
  ),
  'SoftmaxLoss-with-product': lossCase({ ...pair, weight: float32(3, 32) }, ({ e0, e1, weight, bias, labels }) =>
    pairClassification(e0, e1, weight, bias, labels, { product: true }),
  ),
  'SoftmaxLoss-difference-only': lossCase({ ...pair, weight: float32(3, 8) }, ({ e0, e1, weight, bias, labels }) =>
    pairClassification(e0, e1, weight, bias, labels, { embeddings: false }),
  ),
};
