type Numbers = ArrayLike<number>;

/** The largest |a − b|; NaN where either is. */
export function largestDifference(actual: Numbers, expected: Numbers): number {
  if (actual.length !== expected.length) return NaN;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs((actual[i] ?? NaN) - (expected[i] ?? NaN));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

/** The largest |a − b| as a share of the largest |b|; where b is all zero, the largest |a|. */
export function relativeDifference(actual: Numbers, expected: Numbers): number {
  const scale = largestDifference(expected, new Float32Array(expected.length));
  return largestDifference(actual, expected) / (scale > 0 ? scale : 1);
}
