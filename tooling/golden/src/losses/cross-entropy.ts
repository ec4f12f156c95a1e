// Cross entropy of class logits (B, L). A label outside 0 … L − 1, such as −100, is missing: its row counts nowhere.
import {
  add,
  cast,
  dimensionAt,
  gather,
  lessEqual,
  less,
  logSoftmax,
  logicalAnd,
  mean,
  mul,
  neg,
  softmaxCrossEntropy,
  sum,
  where,
  type Value,
} from '@sentence-mtl/program';
import { meanOver, sumPerWeight, weightedMean } from './mean-over.ts';

/** Which rows have a label: (B) bool. */
export function labelled(logits: Value, labels: Value): Value<'bool'> {
  const classes = dimensionAt(logits.shape, -1);
  if (typeof classes !== 'number') return lessEqual(0, labels);
  return logicalAnd(lessEqual(0, labels), less(labels, classes));
}

/** The entry of a table of classes (L) for each row's label, and 0 for rows without one. */
export function ofLabel(table: Value, labels: Value, hasLabel: Value): Value {
  return where(hasLabel, gather(table, where(hasLabel, labels, 0)), 0);
}

/** −log p(label), mean over the labelled rows. */
export const crossEntropy = (logits: Value, labels: Value): Value =>
  meanOver(softmaxCrossEntropy(logits, labels), labelled(logits, labels));

/** −log p(label), summed over the labelled rows. */
export const crossEntropySum = (logits: Value, labels: Value): Value => sum(softmaxCrossEntropy(logits, labels));

export interface CrossEntropyOptions {
  /** Share of the target spread evenly over all classes (Szegedy et al. 2016). */
  readonly labelSmoothing?: number;
  /** A weight for each class, (L). */
  readonly classWeights?: Value;
}

/** −Σ_c w_c log p_c / L for each row: what label smoothing mixes in. */
function uniformCrossEntropy(logits: Value, classWeights: Value | undefined): Value {
  const logProbabilities = logSoftmax(logits);
  return neg(mean(classWeights === undefined ? logProbabilities : mul(logProbabilities, classWeights), -1));
}

/**
 * `(1 − s)·w_y·(−log p_y) + s·Σ_c w_c·(−log p_c) / L` summed over the labelled rows and divided by the sum of their
 * w_y: PyTorch's `cross_entropy` with `label_smoothing` and `weight`.
 */
export function weightedCrossEntropy(logits: Value, labels: Value, options: CrossEntropyOptions): Value {
  const { labelSmoothing = 0, classWeights } = options;
  const hasLabel = labelled(logits, labels);
  const weights = classWeights === undefined ? cast(hasLabel, 'float32') : ofLabel(classWeights, labels, hasLabel); // (B)
  const nearest = weightedMean(softmaxCrossEntropy(logits, labels), weights);
  if (labelSmoothing === 0) return nearest;
  const smooth = where(hasLabel, uniformCrossEntropy(logits, classWeights), 0); // (B)
  const spread = sumPerWeight(smooth, weights);
  return add(mul(nearest, 1 - labelSmoothing), mul(spread, labelSmoothing));
}

/** −Σ_c q_c log p_c of target probabilities q (B, L), mean over the rows. */
export const softCrossEntropy = (logits: Value, probabilities: Value): Value =>
  mean(neg(sum(mul(probabilities, logSoftmax(logits)), -1)));
