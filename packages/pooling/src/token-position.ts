import { argMax, cast, cumsum, dimensionAt, equal, expandDims, mul, range, type Value } from '@sentence-mtl/program';

/** One-hot float32 (B, T) at the given positions (B). */
function oneHotPosition(positions: Value, mask: Value): Value<'float32'> {
  return cast(equal(expandDims(positions, 1), range(dimensionAt(mask.shape, 1))), 'float32');
}

/** One-hot (B, T) at the first unmasked token of each row; at position 0 of a wholly masked row. */
export function firstToken(mask: Value): Value<'float32'> {
  return oneHotPosition(argMax(mask, 1), mask);
}

/**
 * One-hot (B, T) at the last unmasked token: where the count of unmasked tokens first reaches its end. Zeros for a
 * wholly masked row.
 */
export function lastToken(mask: Value): Value<'float32'> {
  return mul(mask, oneHotPosition(argMax(cumsum(mask, 1), 1), mask)) as Value<'float32'>;
}
