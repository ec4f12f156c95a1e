import { unreachable, type Random } from '@sentence-mtl/core';
import type { RowSet } from './sampling-rows.ts';
import { stepsOfRows, type StepSize } from './steps-of-rows.ts';
import { roundedShares, setShares, type TaskSampling, type WeightedSampling } from './task-sampling.ts';

type Step = readonly number[];

/** All that the steps of an epoch depend on, but for the epoch. */
export interface Sampler extends StepSize {
  readonly sets: readonly RowSet[];
  readonly lengths: ArrayLike<number>;
  readonly sampling: TaskSampling;
  /** Of the run, as far as they are known before its steps are: annealed sampling goes over them. */
  readonly epochs: number;
  /** Of the seed. */
  readonly random: Random;
}

/** Steps of a set, as many as are asked for: pass after pass over its rows, each in an order of its own. */
function stepsOfSet(sampler: Sampler, { name, rows }: RowSet, epoch: number, count: number): readonly Step[] {
  const steps: Step[] = [];
  for (let pass = 0; steps.length < count; pass++) {
    const random = sampler.random.split('set', epoch, name, pass);
    steps.push(...stepsOfRows(rows, sampler.lengths, sampler, random).slice(0, count - steps.length));
  }
  return steps;
}

/** Steps of each set in random order; those of a set stay in theirs. */
function interleaved(bySet: readonly (readonly Step[])[], random: Random): readonly Step[] {
  const owners = bySet.flatMap((steps, set) => steps.map(() => set));
  const next = bySet.map(() => 0);
  return Array.from(random.permutation(owners.length), (place) => {
    const set = owners[place] ?? 0;
    const at = next[set] ?? 0;
    next[set] = at + 1;
    return bySet[set]?.[at] ?? [];
  });
}

function stepCount({ batchSize }: StepSize, { rows }: RowSet): number {
  return Math.ceil(rows.length / batchSize);
}

/** The number of steps of an epoch: the same for all. */
export function stepsPerEpoch(sampler: Omit<Sampler, 'epochs'>): number {
  const { sets, sampling, batchSize } = sampler;
  const counts = sets.map((set) => stepCount(sampler, set));
  switch (sampling.kind) {
    case 'mixed':
      return Math.ceil(sets.reduce((sum, { rows }) => sum + rows.length, 0) / batchSize);
    case 'round-robin':
      return sets.length * (sampling.until === 'shortest' ? Math.min(...counts) : Math.max(...counts));
    case 'proportional':
    case 'temperature':
    case 'annealed':
    case 'weights':
      return counts.reduce((sum, count) => sum + count, 0);
    default:
      return unreachable(sampling);
  }
}

function weightedSteps(sampler: Sampler, sampling: WeightedSampling, epoch: number): readonly Step[] {
  const { sets, random, epochs } = sampler;
  const shares = setShares(sampling, sets, epoch, epochs);
  const counts = roundedShares(shares, stepsPerEpoch(sampler), random.split('shares', epoch).uniform());
  const bySet = sets.map((set, index) => stepsOfSet(sampler, set, epoch, counts[index] ?? 0));
  return interleaved(bySet, random.split('order', epoch));
}

/** The steps of an epoch, a pure function of its number. */
export function epochSteps(sampler: Sampler, epoch: number): readonly Step[] {
  const { sets, sampling, random } = sampler;
  switch (sampling.kind) {
    case 'mixed': {
      const rows = sets.flatMap((set) => set.rows).toSorted((a, b) => a - b);
      return stepsOfSet(sampler, { name: 'mixed', rows }, epoch, stepsPerEpoch(sampler));
    }
    case 'proportional': {
      const bySet = sets.map((set) => stepsOfSet(sampler, set, epoch, stepCount(sampler, set)));
      return interleaved(bySet, random.split('order', epoch));
    }
    case 'round-robin': {
      const turns = stepsPerEpoch(sampler) / sets.length;
      const bySet = sets.map((set) => stepsOfSet(sampler, set, epoch, turns));
      return Array.from({ length: turns }, (_, turn) => bySet.map((steps) => steps[turn] ?? [])).flat();
    }
    case 'temperature':
    case 'annealed':
    case 'weights':
      return weightedSteps(sampler, sampling, epoch);
    default:
      return unreachable(sampling);
  }
}
