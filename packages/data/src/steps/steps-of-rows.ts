import type { Random } from '@sentence-mtl/core';

export interface StepSize {
  /** Rows of a step. */
  readonly batchSize: number;
  /** Whether rows of like length share steps, so that little is padded. */
  readonly groupByLength: boolean;
}

/** So many steps' rows are sorted by length among themselves: more would leave less to chance, fewer pad more. */
const STEPS_SORTED_TOGETHER = 50;

/** Of a small set only a quarter is sorted together, so that its steps differ from epoch to epoch. */
const LEAST_PARTS = 4;

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return Array.from(random.permutation(items.length), (place) => items[place] as T);
}

function cut<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}

/**
 * Rows as steps: every row in one step, all steps but one full, in random order. Grouped by length, rows are shuffled,
 * sorted by length in runs of 50 steps (fewer where there are few rows), cut, and the steps shuffled, as the `Trainer` of
 * Hugging Face's transformers does with `group_by_length`.
 */
export function stepsOfRows(
  rows: readonly number[],
  lengths: ArrayLike<number>,
  { batchSize, groupByLength }: StepSize,
  random: Random,
): readonly (readonly number[])[] {
  const order = shuffled(rows, random.split('rows'));
  if (!groupByLength) return cut(order, batchSize);
  const runs = Math.max(1, Math.floor(rows.length / (batchSize * LEAST_PARTS)));
  const sorted = cut(order, batchSize * Math.min(runs, STEPS_SORTED_TOGETHER)).flatMap((run) =>
    run.toSorted((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0)),
  );
  return shuffled(cut(sorted, batchSize), random.split('steps'));
}
