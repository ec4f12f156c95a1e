import { cast, div, greater, mul, sum, where, type Value } from '@sentence-mtl/program';

/** Σ x / Σ w of weights that are not negative, one for each entry of x; 0 where all weights are. */
export function sumPerWeight(x: Value, weights: Value): Value {
  const total = sum(weights);
  return div(sum(x), where(greater(total, 0), total, 1));
}

/** Σ wx / Σ w: the mean with weights that are not negative. */
export const weightedMean = (x: Value, weights: Value): Value => sumPerWeight(mul(x, weights), weights);

/** The mean of the entries a bool mask of the same shape selects; 0 where it selects none. */
export const meanOver = (x: Value, selected: Value): Value =>
  sumPerWeight(where(selected, x, 0), cast(selected, 'float32'));
