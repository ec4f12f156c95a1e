/** What repeated measurements of one thing were. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** The median, least and greatest of some numbers. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
  return {
    median: rounded(median),
    min: rounded(sorted[0] ?? NaN),
    max: rounded(sorted.at(-1) ?? NaN),
    runs: values.length,
  };
}
