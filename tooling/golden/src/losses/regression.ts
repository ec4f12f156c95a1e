// Losses of scores or embeddings against targets of the same shape, mean over all entries.
import { abs, less, mean, mul, square, sub, where, type Value } from '@sentence-mtl/program';

/** (x − y)². */
export const meanSquaredError = (x: Value, y: Value): Value => mean(square(sub(x, y)));

/** ½e² up to |e| = δ, from there on δ·(|e| − ½δ) (Huber 1964). */
export function huber(x: Value, y: Value, delta: number): Value {
  const error = sub(x, y);
  const size = abs(error);
  return mean(where(less(size, delta), mul(square(error), 0.5), mul(sub(size, 0.5 * delta), delta)));
}

/** Huber's loss divided by its border β: a slope of 1 far out. */
export const smoothL1 = (x: Value, y: Value, beta: number): Value => mul(huber(x, y, beta), 1 / beta);
