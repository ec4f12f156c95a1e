import { ArgumentError } from '@sentence-mtl/core';

/** What a plan of steps needs to know of the training rows. */
export interface SamplingRows {
  /** (N): tokens of each row. */
  readonly lengths: ArrayLike<number>;
  /** By task, (N): 1 where a row has a label of it. */
  readonly tasks: ReadonlyMap<string, ArrayLike<number>>;
  /** (N): the data set that a row comes from. Default: the tasks it has labels of, as in `domain+intent`. */
  readonly sets?: ArrayLike<string> | undefined;
}

/** Rows that are drawn together. */
export interface RowSet {
  readonly name: string;
  readonly rows: readonly number[];
}

/** Rows with a label, by their sets; the sets in the order of their names. */
export function rowSets({ lengths, tasks, sets }: SamplingRows): readonly RowSet[] {
  const names = [...tasks.keys()].toSorted();
  const bySet = new Map<string, number[]>();
  for (let row = 0; row < lengths.length; row++) {
    const labelled = names.filter((name) => tasks.get(name)?.[row] === 1);
    if (labelled.length === 0) continue; // It would count in no loss.
    const name = sets?.[row] ?? labelled.join('+');
    const rows = bySet.get(name);
    if (rows === undefined) bySet.set(name, [row]);
    else rows.push(row);
  }
  if (bySet.size > 0) return [...bySet].map(([name, rows]) => ({ name, rows })).toSorted(byName);
  throw new ArgumentError(`none of the ${lengths.length} rows has a label; look at the names of the tasks`);
}

function byName(a: RowSet, b: RowSet): number {
  return a.name < b.name ? -1 : 1;
}
