// Focal losses (Lin et al. 2017): cross entropy that counts less the surer a prediction already is.
import {
  add,
  dimensionAt,
  exp,
  gather,
  maximum,
  mul,
  neg,
  pow,
  sigmoid,
  softmaxCrossEntropy,
  sub,
  type Value,
} from '@sentence-mtl/program';
import { binaryCrossEntropyOf } from './binary-cross-entropy.ts';
import { knownClasses, knownNumbers } from './known-labels.ts';
import { rowLosses, type RowLosses } from './loss.ts';

/** Below this, doubt counts as none: a power under 1 has no finite slope at 0. */
const LEAST_DOUBT = 1e-12;

/** doubt^γ, whose gradient is finite for every γ ≥ 0. */
const focus = (doubt: Value, gamma: number): Value<'float32'> => pow(maximum(doubt, LEAST_DOUBT), gamma);

/**
 * `−α_y·(1 − p_y)^γ·log p_y` of each row, which counts 1 whatever its α.
 *
 * @param logits (B, L)
 * @param labels int32 (B), as in `crossEntropy`
 * @param alpha a weight for each class, (L)
 */
export function focalLoss(logits: Value, labels: Value, gamma: number, alpha?: Value): RowLosses {
  const { present, labels: known } = knownClasses(labels, dimensionAt(logits.shape, -1));
  const crossEntropy = softmaxCrossEntropy(logits, labels); // (B)
  const focused = mul(focus(sub(1, exp(neg(crossEntropy))), gamma), crossEntropy);
  return rowLosses(alpha === undefined ? focused : mul(focused, gather(alpha, known)), present);
}

/**
 * The same of yes/no labels (B, L), NaN where missing: α weighs the 1s, 1 − α the 0s. A row counts its present entries.
 */
export function sigmoidFocalLoss(logits: Value, labels: Value, gamma: number, alpha: number): RowLosses {
  const { present, labels: known } = knownNumbers(labels);
  const weight = add(mul(known, 2 * alpha - 1), 1 - alpha);
  const probability = sigmoid(logits);
  const doubt = add(mul(known, sub(1, probability)), mul(sub(1, known), probability));
  return rowLosses(mul(mul(weight, focus(doubt, gamma)), binaryCrossEntropyOf(logits, known)), present);
}
