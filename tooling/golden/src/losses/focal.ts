// Focal losses (Lin et al. 2017): cross entropy that counts less the surer a prediction already is.
import { add, exp, mean, mul, neg, pow, sigmoid, softmaxCrossEntropy, sub, type Value } from '@sentence-mtl/program';
import { binaryCrossEntropyOf } from './binary-cross-entropy.ts';
import { labelled, ofLabel } from './cross-entropy.ts';
import { meanOver } from './mean-over.ts';

/** −α_y·(1 − p_y)^γ·log p_y, mean over the labelled rows (their number, not the sum of their α); α is (L). */
export function focal(logits: Value, labels: Value, gamma: number, alpha?: Value): Value {
  const hasLabel = labelled(logits, labels);
  const crossEntropy = softmaxCrossEntropy(logits, labels); // (B)
  const unsure = sub(1, exp(neg(crossEntropy)));
  const loss = mul(pow(unsure, gamma), crossEntropy);
  return meanOver(alpha === undefined ? loss : mul(loss, ofLabel(alpha, labels, hasLabel)), hasLabel);
}

/** The same of yes/no labels (B, L): α weighs the 1s, 1 − α the 0s; mean over all entries. */
export function sigmoidFocal(logits: Value, labels: Value, gamma: number, alpha: number): Value {
  const weight = add(mul(labels, 2 * alpha - 1), 1 - alpha);
  const probability = sigmoid(logits);
  const unsure = add(mul(labels, sub(1, probability)), mul(sub(1, labels), probability));
  return mean(mul(mul(weight, pow(unsure, gamma)), binaryCrossEntropyOf(logits, labels)));
}
