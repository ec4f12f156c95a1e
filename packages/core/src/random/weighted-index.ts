import { ArgumentError } from '../errors.ts';

function sumOfWeights(weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    if (!(weight >= 0)) throw new ArgumentError(`weight ${i} is ${weight}; weights to choose by must not be negative`);
    total += weight;
  }
  if (total > 0 && total < Infinity) return total;
  throw new ArgumentError(`weights to choose by have the sum ${total}; one must be positive and all finite`);
}

/**
 * The index at which the running sum of the weights passes `fraction` of their whole, 0 ≤ fraction < 1.
 * @throws ArgumentError unless weights are finite, none is negative and one is positive
 */
export function weightedIndex(weights: ArrayLike<number>, fraction: number): number {
  let left = fraction * sumOfWeights(weights);
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    if (weight === 0) continue;
    if (left < weight) return i;
    left -= weight;
    last = i; // Rounding can carry `left` past the end: the last index of any weight then stands.
  }
  return last;
}
