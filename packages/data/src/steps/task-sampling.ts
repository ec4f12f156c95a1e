// How often each set of rows is drawn. A set is, by default, the rows with labels of the same tasks.
import { ArgumentError, nearestMatch, unreachable } from '@sentence-mtl/core';
import type { RowSet } from './sampling-rows.ts';

/**
 * - `mixed`: a step has rows of all sets; every row once per epoch.
 * - `proportional`: a step has rows of one set, the sets' steps in random order; every row once per epoch.
 * - `round-robin`: the sets take turns, until each row of the longest has been drawn (the others begin again) or each row
 *   of the shortest has.
 * - `temperature`: a set of n rows is drawn in proportion to `min(n, cap)^(1 / temperature)`: 1 is proportional, more
 *   evens out (Raffel et al. 2020, section 3.5.2).
 * - `annealed`: in proportion to `n^α`, α falling from 1 in the first epoch to `to` in the last (Stickland and Murray
 *   2019, section 3.3, with 0.2).
 * - `weights`: in proportion to a number for each set.
 *
 * With the last three an epoch has as many steps as with `proportional`, and a row may be drawn several times or not.
 */
export type TaskSampling =
  | { readonly kind: 'mixed' }
  | { readonly kind: 'proportional' }
  | { readonly kind: 'round-robin'; readonly until?: 'longest' | 'shortest' }
  | { readonly kind: 'temperature'; readonly temperature: number; readonly cap?: number }
  | { readonly kind: 'annealed'; readonly to?: number }
  | { readonly kind: 'weights'; readonly weights: Readonly<Record<string, number>> };

/** Kinds in which chance says how often a set is drawn. */
export type WeightedSampling = Extract<TaskSampling, { kind: 'temperature' | 'annealed' | 'weights' }>;

const DEFAULT_ALPHA = 0.2;

function positive(value: number, what: string): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new ArgumentError(`${what} is ${value}; a number above 0 is needed`);
}

function givenWeights(weights: Readonly<Record<string, number>>, sets: readonly RowSet[]): readonly number[] {
  const names = sets.map(({ name }) => name);
  for (const name of Object.keys(weights)) {
    if (names.includes(name)) continue;
    const nearest = nearestMatch(name, names);
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    throw new ArgumentError(`a weight is given for "${name}", but the sets of rows are ${names.join(', ')}${hint}`);
  }
  const values = names.map((name) => (Object.hasOwn(weights, name) ? (weights[name] ?? NaN) : NaN));
  const wrong = values.findIndex((value) => !Number.isFinite(value) || value < 0);
  if (wrong >= 0) {
    throw new ArgumentError(`the weight of "${names[wrong]}" is ${values[wrong]}; each set needs one of at least 0`);
  }
  if (values.some((value) => value > 0)) return values;
  throw new ArgumentError('all weights are 0; one must be more');
}

/**
 * How likely each set is in an epoch: numbers that add up to 1.
 *
 * @param epochs over which annealed sampling goes; later ones are like the last
 *
 * @throws ArgumentError where the settings are none, or weights are given for other sets
 */
export function setShares(
  sampling: WeightedSampling,
  sets: readonly RowSet[],
  epoch: number,
  epochs: number,
): readonly number[] {
  const sizes = sets.map(({ rows }) => rows.length);
  const weights = ((): readonly number[] => {
    switch (sampling.kind) {
      case 'temperature': {
        const cap = positive(sampling.cap ?? Number.MAX_VALUE, 'the cap of temperature sampling');
        const power = 1 / positive(sampling.temperature, 'the temperature of sampling');
        return sizes.map((size) => Math.min(size, cap) ** power);
      }
      case 'annealed': {
        const to = sampling.to ?? DEFAULT_ALPHA;
        if (!(to >= 0 && to <= 1))
          throw new ArgumentError(`annealed sampling ends at ${to}; a number from 0 to 1 is needed`);
        const alpha = 1 - (1 - to) * (epochs > 1 ? Math.min(1, epoch / (epochs - 1)) : 0);
        return sizes.map((size) => size ** alpha);
      }
      case 'weights':
        return givenWeights(sampling.weights, sets);
      default:
        return unreachable(sampling);
    }
  })();
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * Whole numbers that add up to `total`, each within 1 of its share of it, and that share on average over `uniform` in
 * [0, 1): systematic sampling, so that a small set is drawn in some epochs and not in others.
 */
export function roundedShares(shares: readonly number[], total: number, uniform: number): readonly number[] {
  let sum = 0;
  let before = 0;
  return shares.map((share, index) => {
    sum += share * total;
    // The last border is the total itself, whatever was rounded on the way.
    const border = index === shares.length - 1 ? total : Math.min(total, Math.floor(sum + uniform));
    const count = border - before;
    before = border;
    return count;
  });
}
