// Rows are split so that each side has its share of every label of every task, and rows of equal text stand on one side.
// The rarest label is dealt out first, since the others leave more freedom (Sechidis, Tsoumakas and Vlahavas, "On the
// stratification of multi-label data", 2011). Here labels keep the order of their first counts, and whole rows are dealt
// before fractions of one, so that many small labels do not all round to the same side.
import { ArgumentError, Random } from '@sentence-mtl/core';
import type { Row } from '../row.ts';
import { SideNeeds } from './side-needs.ts';
import { addTo, textGroups, type TextGroup } from './text-groups.ts';

export interface SplitOptions {
  readonly seed: number;
  /** By the name of the side, any numbers above 0: `{ train: 8, validation: 1, test: 1 }`. */
  readonly shares: Readonly<Record<string, number>>;
}

/** Groups by stratum, the rarest stratum first, those without one last. A group is there once for each of its strata. */
function byStratum(groups: readonly TextGroup[]): readonly (readonly [number | undefined, readonly TextGroup[]])[] {
  const strata = new Map<number | undefined, TextGroup[]>();
  for (const group of groups) {
    const own = group.strata.length === 0 ? [undefined] : new Set(group.strata);
    for (const stratum of own) addTo(strata, stratum, group);
  }
  const rarity = ([stratum, own]: readonly [number | undefined, readonly TextGroup[]]): number =>
    stratum === undefined ? Infinity : own.length;
  return [...strata].toSorted((a, b) => rarity(a) - rarity(b));
}

function checkedShares(shares: Readonly<Record<string, number>>): readonly number[] {
  const entries = Object.entries(shares);
  if (entries.length === 0) throw new ArgumentError('a split needs at least one side');
  for (const [name, share] of entries) {
    if (Number.isFinite(share) && share > 0) continue;
    throw new ArgumentError(`the share of "${name}" is ${share}; a number above 0 is needed`);
  }
  const total = entries.reduce((sum, [, share]) => sum + share, 0);
  return entries.map(([, share]) => share / total);
}

/**
 * The places of the rows of each side, in their order: the same for the same rows and seed. Every label is on the largest
 * side, and on the others where it has rows enough.
 *
 * ```ts
 * const { train, validation } = splitRows(rows, { seed: 42, shares: { train: 0.9, validation: 0.1 } });
 * ```
 *
 * @throws ArgumentError where there is no side, or a share is not above 0
 */
export function splitRows<Side extends string>(
  rows: readonly Row[],
  { seed, shares }: SplitOptions & { readonly shares: Readonly<Record<Side, number>> },
): Readonly<Record<Side, readonly number[]>> {
  const fractions = checkedShares(shares);
  const groups = textGroups(rows, Random.of(seed).split('split'));
  const needs = new SideNeeds(groups, fractions);
  const sideOf = new Map<TextGroup, number>();
  for (const [stratum, own] of byStratum(groups)) {
    for (const group of own) {
      if (sideOf.has(group)) continue;
      const side = needs.sideFor(group, stratum);
      needs.take(group, side);
      sideOf.set(group, side);
    }
  }
  const places = fractions.map((): number[] => []);
  for (const [group, side] of sideOf) places[side]?.push(...group.rows);
  const entries = Object.keys(shares).map((name, side) => [name, places[side]?.toSorted((a, b) => a - b) ?? []]);
  return Object.fromEntries(entries) as Record<Side, readonly number[]>;
}
