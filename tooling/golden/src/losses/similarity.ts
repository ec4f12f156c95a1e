// How near two embeddings are. `…Of` compares row i with row i, (B, D) and (B, D) to (B); `…Matrix` compares every
// row with every row, (B, D) and (C, D) to (B, C).
import { div, greater, matMul, maximum, mul, sqrt, square, sum, where, type Value } from '@sentence-mtl/program';

/** The square of 1e-12, below which a norm counts as 1e-12, as in PyTorch's `normalize`. */
const LEAST_SQUARED_NORM = 1e-24;

/** Square root whose gradient at 0 is 0, not infinite. */
export function safeSqrt(x: Value): Value {
  const positive = greater(x, 0);
  return where(positive, sqrt(where(positive, x, 1)), 0);
}

/** x / max(‖x‖, 1e-12) over the last axis. */
export const normalize = (x: Value): Value => div(x, sqrt(maximum(sum(square(x), -1, true), LEAST_SQUARED_NORM)));

/** x · y, row by row. */
export const dotOf = (x: Value, y: Value): Value => sum(mul(x, y), -1);

/** cos(x, y), row by row. */
export const cosineOf = (x: Value, y: Value): Value => dotOf(normalize(x), normalize(y));

/** x · y of all pairs of rows. */
export const dotMatrix = (x: Value, y: Value): Value => matMul(x, y, { transposeB: true });

/** cos(x, y) of all pairs of rows. */
export const cosineMatrix = (x: Value, y: Value): Value => dotMatrix(normalize(x), normalize(y));
