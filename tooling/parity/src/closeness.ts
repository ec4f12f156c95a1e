export interface Tolerance {
  /** Of the largest entry that is expected. */
  readonly relative: number;
  /** For tensors that are zero but for rounding. */
  readonly absolute: number;
}

/** Float32 against float64. */
export const FLOAT32: Tolerance = { relative: 1e-5, absolute: 2 ** -23 };
/** A gradient against finite differences, both in float64. */
export const FLOAT64: Tolerance = { relative: 1e-6, absolute: 1e-8 };
/** Integers, bools. */
export const EXACT: Tolerance = { relative: 0, absolute: 0 };

/** The first entry that is further from what is expected than the tolerance, described; undefined where none is. */
export function firstDifference(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative, absolute }: Tolerance,
): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} elements instead of ${expected.length}`;
  const largest = Array.from(expected).reduce(
    (most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most),
    0,
  );
  const allowed = relative * largest + absolute;
  for (let i = 0; i < expected.length; i++) {
    const [is, wanted] = [actual[i] ?? NaN, expected[i] ?? NaN];
    const same = is === wanted || (Number.isNaN(is) && Number.isNaN(wanted));
    if (!same && !(Math.abs(is - wanted) <= allowed)) {
      return `element ${i} is ${is} instead of ${wanted}; the largest entry is ${largest}`;
    }
  }
  return undefined;
}
