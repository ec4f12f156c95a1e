import { Random } from '@sentence-mtl/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSteps } from './plan-steps.ts';
import type { RowSet } from './sampling-rows.ts';
import { roundedShares, setShares, type TaskSampling, type WeightedSampling } from './task-sampling.ts';

const sets: readonly RowSet[] = [
  { name: 'big', rows: Array.from({ length: 900 }, (_, row) => row) },
  { name: 'small', rows: Array.from({ length: 100 }, (_, row) => 900 + row) },
];

function smallShare(sampling: WeightedSampling, epoch = 0, epochs = 1): number {
  return setShares(sampling, sets, epoch, epochs)[1] ?? NaN;
}

describe('the share of a set of 100 rows beside one of 900', () => {
  test.each<[WeightedSampling, number]>([
    [{ kind: 'temperature', temperature: 1 }, 0.1],
    [{ kind: 'temperature', temperature: 2 }, 0.25], // √100 / (√100 + √900)
    [{ kind: 'temperature', temperature: 1e9 }, 0.5],
    [{ kind: 'temperature', temperature: 1, cap: 100 }, 0.5],
    [{ kind: 'temperature', temperature: 1, cap: 300 }, 0.25],
    [{ kind: 'weights', weights: { big: 1, small: 4 } }, 0.8],
    [{ kind: 'annealed' }, 0.1],
  ])('%j: %d', (sampling, share) => {
    expect(smallShare(sampling)).toBeCloseTo(share, 6);
  });

  test('rises over the epochs of annealed sampling, to n^0.2', () => {
    const shares = [0, 1, 2, 3, 4].map((epoch) => smallShare({ kind: 'annealed' }, epoch, 5));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[0]).toBeCloseTo(0.1, 6);
    expect(shares[2]).toBeCloseTo(1 / (1 + 9 ** 0.6), 6);
    expect(shares[4]).toBeCloseTo(1 / (1 + 9 ** 0.2), 6);
    expect(smallShare({ kind: 'annealed' }, 7, 5)).toBe(shares[4]);
  });
});

describe('rounded shares', () => {
  test('add up, are each within 1 of what they round, and are it on average', () => {
    const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        weights,
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (raw, total, uniform) => {
          const sum = raw.reduce((a, b) => a + b, 0);
          fc.pre(sum > 1e-3);
          const shares = raw.map((weight) => weight / sum);
          const counts = roundedShares(shares, total, uniform);
          expect(counts.reduce((a, b) => a + b, 0)).toBe(total);
          counts.forEach((count, index) =>
            expect(Math.abs(count - (shares[index] ?? 0) * total)).toBeLessThan(1 + 1e-9),
          );
        },
      ),
    );
    const random = Random.of(1);
    const counts = Array.from({ length: 20_000 }, () => roundedShares([0.93, 0.07], 10, random.uniform())[1] ?? 0);
    expect(counts.reduce((a, b) => a + b, 0) / counts.length).toBeCloseTo(0.7, 1);
    expect(new Set(counts)).toEqual(new Set([0, 1]));
  });
});

describe('steps of sets', () => {
  const lengths = Array.from({ length: 1000 }, () => 5);
  const tasks = new Map(sets.map(({ name, rows }) => [name, lengths.map((_, row) => (rows.includes(row) ? 1 : 0))]));
  const firstEpoch = (sampling: TaskSampling): readonly (readonly number[])[] => {
    const plan = planSteps({ lengths, tasks }, { seed: 5, batchSize: 10, sampling, length: { epochs: 1 } });
    return Array.from({ length: plan.totalSteps }, (_, step) => plan.stepAt(step).examples);
  };
  const isSmall = (step: readonly number[]): boolean => (step[0] ?? 0) >= 900;
  const timesDrawn = (steps: readonly (readonly number[])[]): ReadonlyMap<number, number> => {
    const times = new Map<number, number>();
    for (const row of steps.flat()) times.set(row, (times.get(row) ?? 0) + 1);
    return times;
  };

  test('by weight are as many as their share, and a set that is drawn more often than it has rows begins again', () => {
    const steps = firstEpoch({ kind: 'weights', weights: { big: 1, small: 1 } });
    expect([steps.length, steps.filter(isSmall).length]).toEqual([100, 50]);
    const times = timesDrawn(steps);
    expect(sets[1]?.rows.map((row) => times.get(row))).toEqual(sets[1]?.rows.map(() => 5));
    expect(Math.max(...(sets[0]?.rows.map((row) => times.get(row) ?? 0) ?? []))).toBe(1);
  });

  test('in turn alternate, until the longest set or the shortest is drawn', () => {
    const longest = firstEpoch({ kind: 'round-robin' });
    expect(longest.map(isSmall)).toEqual(longest.map((_, step) => step % 2 === 1));
    expect(longest).toHaveLength(180);
    expect(sets[0]?.rows.every((row) => timesDrawn(longest).get(row) === 1)).toBe(true);
    const shortest = firstEpoch({ kind: 'round-robin', until: 'shortest' });
    expect(shortest).toHaveLength(20);
    expect(sets[1]?.rows.every((row) => timesDrawn(shortest).get(row) === 1)).toBe(true);
  });

  test('proportional are spread over the epoch', () => {
    const steps = firstEpoch({ kind: 'proportional' });
    const halves = [steps.slice(0, 50), steps.slice(50)].map((half) => half.filter(isSmall).length);
    expect(Math.min(...halves)).toBeGreaterThanOrEqual(2);
  });

  test('may be those of data sets instead of tasks', () => {
    const named = lengths.map((_, row) => (row % 2 === 0 ? 'even.csv' : 'odd.csv'));
    const plan = planSteps(
      { lengths, tasks, sets: named },
      {
        seed: 5,
        batchSize: 10,
        sampling: { kind: 'weights', weights: { 'even.csv': 1, 'odd.csv': 0 } },
        length: { epochs: 1 },
      },
    );
    expect(plan.stepAt(3).examples.every((row) => row % 2 === 0)).toBe(true);
  });
});
