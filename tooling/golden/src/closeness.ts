import type { RecordedNumber } from './recorded-tensor.ts';

/** The largest finite magnitude of a recorded tensor. */
export function largestEntry(data: readonly RecordedNumber[]): number {
  return data.reduce<number>((largest, entry) => Math.max(largest, typeof entry === 'number' ? Math.abs(entry) : 0), 0);
}

/**
 * Where two tensors differ by more than `allowed(expected)`, as `[2]: 1.5, not 1.25 (difference 0.25)`. NaN equals
 * NaN, an infinity only itself.
 */
export function differences(
  actual: ArrayLike<number>,
  expected: readonly RecordedNumber[],
  allowed: (expected: number) => number,
): readonly string[] {
  if (actual.length !== expected.length) return [`${actual.length} elements, not ${expected.length}`];
  return expected.flatMap((entry, index) => {
    const [is, wanted] = [actual[index] ?? Number.NaN, Number(entry)];
    const close =
      Object.is(is, wanted) || is === wanted || (Number.isFinite(wanted) && Math.abs(is - wanted) <= allowed(wanted));
    return close ? [] : [`[${index}]: ${is}, not ${wanted} (difference ${Math.abs(is - wanted).toExponential(1)})`];
  });
}
