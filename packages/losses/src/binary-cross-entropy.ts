import { add, mul, neg, softplus, sub, type Value } from '@sentence-mtl/program';
import { knownNumbers } from './known-labels.ts';
import { rowLosses, type RowLosses } from './loss.ts';

/** `−y·log σ(x) − (1 − y)·log(1 − σ(x))` of each entry, with y's term times its label's weight (L) where given. */
export function binaryCrossEntropyOf(logits: Value, labels: Value, positiveWeights?: Value): Value {
  const hit = mul(labels, softplus(neg(logits)));
  const miss = mul(sub(1, labels), softplus(logits));
  return add(positiveWeights === undefined ? hit : mul(hit, positiveWeights), miss);
}

/**
 * `−w·y·log σ(x) − (1 − y)·log(1 − σ(x))` of independent yes/no labels: PyTorch's `binary_cross_entropy_with_logits`
 * with `pos_weight` w. A row counts its present entries, so that the mean is that over all present entries.
 *
 * @param logits (B, L)
 * @param labels float32 (B, L): 0, 1, or NaN where missing
 * @param positiveWeights a weight for the 1s of each label, (L)
 */
export function binaryCrossEntropy(logits: Value, labels: Value, positiveWeights?: Value): RowLosses {
  const { present, labels: known } = knownNumbers(labels);
  return rowLosses(binaryCrossEntropyOf(logits, known, positiveWeights), present);
}
