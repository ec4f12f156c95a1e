import type { Random } from '@sentence-mtl/core';
import type { Row } from '../row.ts';
import { strataOf } from './strata.ts';
import { textKey } from './text-key.ts';

/** Rows of equal text, which stay together. */
export interface TextGroup {
  readonly rows: readonly number[];
  /** Of all its rows: the same one as often as rows have it. */
  readonly strata: readonly number[];
}

/** Adds to a list of a map. */
export function addTo<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** Rows by their text: in random order, but large groups first, while there is room for them. */
export function textGroups(rows: readonly Row[], random: Random): readonly TextGroup[] {
  const strata = strataOf(rows);
  const byKey = new Map<string, number[]>();
  rows.forEach((row, place) => addTo(byKey, textKey(row), place));
  const groups = [...byKey.values()].map((places) => {
    return { rows: places, strata: places.flatMap((place) => strata[place] ?? []) };
  });
  const order = Array.from(random.permutation(groups.length), (place) => groups.slice(place, place + 1)).flat();
  return order.toSorted((a, b) => b.rows.length - a.rows.length);
}
