import { int32Tensor } from '@sentence-mtl/core';
import {
  add,
  constant,
  expandDims,
  gather,
  range,
  sub,
  transpose,
  type Dimension,
  type Value,
} from '@sentence-mtl/program';

/** Distances from here on share their bucket with all beyond. */
const MAXIMUM_DISTANCE = 128;

/**
 * The bucket of a distance (key position − query position), as in T5 and MPNet: one half of the buckets for each
 * direction, in each half one bucket a distance while it is small, then logarithmically wider ones. The logarithms
 * are rounded to float32 as PyTorch's are, because a bucket's border is where they reach a whole number.
 */
export function relativePositionBucket(distance: number, bucketCount: number): number {
  const half = Math.floor(bucketCount / 2);
  const exact = Math.floor(half / 2);
  const side = distance > 0 ? half : 0;
  const length = Math.abs(distance);
  if (length < exact) return side + length;
  const position = Math.fround(Math.log(Math.fround(length / exact)));
  const share = Math.fround(position / Math.fround(Math.log(MAXIMUM_DISTANCE / exact)));
  return side + Math.min(half - 1, exact + Math.trunc(Math.fround(share * (half - exact))));
}

/**
 * What the distance of two tokens adds to their attention score: a learned number a bucket and head.
 *
 * @param table (buckets, H)
 * @param sequence T
 * @param longest the longest text, for which buckets are worked out
 * @returns (H, T, T)
 */
export function relativePositionBias(table: Value, sequence: Dimension, longest: number): Value {
  const bucketCount = Number(table.shape[0]);
  const buckets = Int32Array.from({ length: 2 * longest - 1 }, (_, i) =>
    relativePositionBucket(i - longest + 1, bucketCount),
  );
  const positions = range(sequence);
  const distance = sub(expandDims(positions, 0), expandDims(positions, 1)); // (T, T): key − query
  const bucket = gather(constant(int32Tensor(buckets, [buckets.length])), add(distance, longest - 1));
  return transpose(gather(table, bucket), [2, 0, 1]);
}
