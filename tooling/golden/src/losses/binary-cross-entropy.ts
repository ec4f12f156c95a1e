// Cross entropy of independent yes/no labels: logits and labels (B, L), labels 0 or 1.
import { add, greaterEqual, maximum, mean, mul, neg, softplus, sub, type Value } from '@sentence-mtl/program';
import { meanOver } from './mean-over.ts';

/** −y·log σ(x) − (1 − y)·log(1 − σ(x)) of each entry, with y's term times its label's weight (L) where given. */
export function binaryCrossEntropyOf(logits: Value, labels: Value, positiveWeights?: Value): Value {
  const hit = mul(labels, softplus(neg(logits)));
  const miss = mul(sub(1, labels), softplus(logits));
  return add(positiveWeights === undefined ? hit : mul(hit, positiveWeights), miss);
}

/** Mean over all entries. */
export const binaryCrossEntropy = (logits: Value, labels: Value, positiveWeights?: Value): Value =>
  mean(binaryCrossEntropyOf(logits, labels, positiveWeights));

/** Mean over the entries that are not missing; a label below 0 is. */
export const binaryCrossEntropyWithMissing = (logits: Value, labels: Value): Value =>
  meanOver(binaryCrossEntropyOf(logits, maximum(labels, 0)), greaterEqual(labels, 0));
