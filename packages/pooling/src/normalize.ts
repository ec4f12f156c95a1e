import { div, maximum, sqrt, square, sum, type Value } from '@sentence-mtl/program';

/**
 * The square of 1e-12, below which a length counts as 1e-12, as in PyTorch. The limit is on the square because the
 * root has no gradient at 0.
 */
const LEAST_SQUARED_LENGTH = 1e-24;

/** Each row divided by its Euclidean length: `x / max(‖x‖, 1e-12)`, (B, D) → (B, D). A row of zeros stays zeros. */
export function normalize(x: Value): Value<'float32'> {
  return div(x, sqrt(maximum(sum(square(x), -1, true), LEAST_SQUARED_LENGTH)));
}
