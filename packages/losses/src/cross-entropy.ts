// Cross entropy of class logits (B, L).
import {
  add,
  cast,
  dimensionAt,
  gather,
  logSoftmax,
  mean,
  mul,
  neg,
  softmaxCrossEntropy,
  sum,
  where,
  type Dimension,
  type Value,
} from '@sentence-mtl/program';
import { knownClasses, knownRows } from './known-labels.ts';
import { rowLosses, type RowLosses } from './loss.ts';

/**
 * What each row counts in a mean over classes' rows: its class's entry of a table (L), 1 without a table, and 0 without
 * a label. (B)
 */
export function classLabelWeights(labels: Value, classes: Dimension, table?: Value): Value<'float32'> {
  const { present, labels: known } = knownClasses(labels, classes);
  if (table === undefined) return cast(present, 'float32');
  return where<'float32'>(present, gather(table, known) as Value<'float32'>, 0);
}

export interface CrossEntropyOptions {
  /** Share of the target spread evenly over all classes (Szegedy et al. 2016). */
  readonly labelSmoothing?: number;
  /** A weight for each class, (L). */
  readonly classWeights?: Value;
}

/** `−Σ_c w_c log p_c / L` of each row: what label smoothing mixes in. */
function uniformCrossEntropy(logits: Value, classWeights: Value | undefined): Value<'float32'> {
  const logProbabilities = logSoftmax(logits);
  return neg(mean(classWeights === undefined ? logProbabilities : mul(logProbabilities, classWeights), -1));
}

/**
 * `(1 − s)·w_y·(−log p_y) + s·Σ_c w_c·(−log p_c) / L` of each row, which counts w_y: PyTorch's `cross_entropy` with
 * `label_smoothing` s and `weight` w.
 *
 * @param logits (B, L)
 * @param labels int32 (B); outside 0 … L − 1, such as −100, the label is missing
 */
export function crossEntropy(logits: Value, labels: Value, options: CrossEntropyOptions = {}): RowLosses {
  const { labelSmoothing = 0, classWeights } = options;
  const weights = classLabelWeights(labels, dimensionAt(logits.shape, -1), classWeights); // (B)
  const plain = softmaxCrossEntropy(logits, labels); // 0 where there is no label
  const nearest = classWeights === undefined ? plain : mul(plain, weights);
  if (labelSmoothing === 0) return { scope: 'rows', values: nearest, weights };
  const { present } = knownClasses(labels, dimensionAt(logits.shape, -1));
  const spread = where<'float32'>(present, uniformCrossEntropy(logits, classWeights), 0);
  const values = add<'float32'>(mul(nearest, 1 - labelSmoothing), mul(spread, labelSmoothing));
  return { scope: 'rows', values, weights };
}

/** `−Σ_c q_c log p_c` of target probabilities q (B, L); a row of them with a NaN is missing. */
export function softCrossEntropy(logits: Value, probabilities: Value): RowLosses {
  const { present, labels } = knownRows(probabilities);
  return rowLosses(neg(sum(mul(labels, logSoftmax(logits)), -1)), present);
}
