import { ArgumentError } from '@sentence-mtl/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSteps, type StepOptions, type StepPlan } from './plan-steps.ts';
import type { SamplingRows } from './sampling-rows.ts';
import type { TaskSampling } from './task-sampling.ts';

/** Rows of two sets and of both, of different lengths; every tenth without a label. */
function rowsOf(counts: Readonly<Record<string, number>>): SamplingRows {
  const sets = Object.entries(counts).flatMap(([set, count]) => Array.from({ length: count }, () => set));
  const tasks = [...new Set(sets.flatMap((set) => set.split('+')))].filter((task) => task !== '');
  return {
    lengths: sets.map((_, row) => 3 + ((row * 7919) % 60)),
    tasks: new Map(tasks.map((task) => [task, sets.map((set) => (set.split('+').includes(task) ? 1 : 0))])),
  };
}

const stepsOf = (plan: StepPlan, epoch: number): readonly (readonly number[])[] =>
  Array.from({ length: plan.totalSteps }, (_, step) => plan.stepAt(step))
    .filter((step) => step.epoch === epoch)
    .map(({ examples }) => examples);

const sorted = (rows: Iterable<number>): readonly number[] => [...rows].toSorted((a, b) => a - b);

const SAMPLINGS: readonly TaskSampling[] = [
  { kind: 'mixed' },
  { kind: 'proportional' },
  { kind: 'round-robin' },
  { kind: 'round-robin', until: 'shortest' },
  { kind: 'temperature', temperature: 5, cap: 40 },
  { kind: 'annealed' },
  { kind: 'weights', weights: { a: 1, 'a+b': 2, b: 3 } },
];

const counts = fc.record({
  a: fc.integer({ min: 1, max: 70 }),
  b: fc.integer({ min: 1, max: 70 }),
  'a+b': fc.integer({ min: 1, max: 40 }),
  '': fc.nat(5),
});
const someOptions = fc.record({
  seed: fc.nat(1000),
  batchSize: fc.integer({ min: 1, max: 33 }),
  groupByLength: fc.boolean(),
  sampling: fc.constantFrom(...SAMPLINGS),
});

describe('a plan', () => {
  test('is the same whenever and in whatever order its steps are asked for', () => {
    fc.assert(
      fc.property(counts, someOptions, fc.nat(), (sizes, options, salt) => {
        const rows = rowsOf(sizes);
        const whole = { ...options, length: { epochs: 3 } };
        const plan = planSteps(rows, whole);
        const inOrder = Array.from({ length: plan.totalSteps }, (_, step) => plan.stepAt(step));
        const step = salt % plan.totalSteps;
        expect(planSteps(rows, whole).stepAt(step)).toEqual(inOrder[step]);
        expect(inOrder.filter(({ endsEpoch }) => endsEpoch)).toHaveLength(3);
        expect(inOrder.every(({ examples }) => examples.length >= 1 && examples.length <= options.batchSize)).toBe(
          true,
        );
      }),
    );
  });

  test('takes every labelled row once per epoch, mixed or proportional, whatever its other settings', () => {
    fc.assert(
      fc.property(counts, someOptions, fc.constantFrom('mixed', 'proportional'), (sizes, options, kind) => {
        const rows = rowsOf(sizes);
        const plan = planSteps(rows, { ...options, sampling: { kind }, length: { epochs: 2 } });
        const labelled = Array.from({ length: sizes.a + sizes.b + sizes['a+b'] }, (_, row) => row);
        expect(sorted(stepsOf(plan, 0).flat())).toEqual(labelled);
        expect(sorted(stepsOf(plan, 1).flat())).toEqual(labelled);
      }),
    );
  });

  test('of rows of several sets keeps each step to one of them, but for mixed', () => {
    const rows = rowsOf({ a: 100, b: 30, 'a+b': 60 });
    const setOf = (row: number): number => (row < 100 ? 0 : row < 130 ? 1 : 2);
    for (const sampling of SAMPLINGS) {
      const plan = planSteps(rows, { seed: 1, batchSize: 8, sampling, length: { epochs: 2 } });
      const mixing = stepsOf(plan, 0).filter((step) => new Set(step.map(setOf)).size > 1);
      expect(mixing.length > 0, sampling.kind).toBe(sampling.kind === 'mixed');
    }
  });

  test('differs from epoch to epoch and from seed to seed', () => {
    const rows = rowsOf({ a: 100, b: 30 });
    for (const sampling of SAMPLINGS.filter(({ kind }) => kind !== 'weights')) {
      const plan = (seed: number): StepPlan => planSteps(rows, { seed, sampling, batchSize: 8, length: { epochs: 2 } });
      expect(stepsOf(plan(1), 0), sampling.kind).not.toEqual(stepsOf(plan(1), 1));
      expect(stepsOf(plan(1), 0), sampling.kind).not.toEqual(stepsOf(plan(2), 0));
    }
  });

  test('tells other plans apart by its name', () => {
    const rows = rowsOf({ a: 10 });
    const name = (options: Partial<StepOptions>): string =>
      planSteps(rows, { seed: 1, length: { epochs: 1 }, ...options }).name;
    const names = [{}, { seed: 2 }, { length: { steps: 1 } }, { batchSize: 2 }, { groupByLength: false }].map(name);
    expect(new Set([...names, name({ sampling: { kind: 'proportional' } })]).size).toBe(6);
  });
});

describe('the length of a run', () => {
  const rows = rowsOf({ a: 50 });
  const plan = (length: StepOptions['length']): StepPlan => planSteps(rows, { seed: 1, batchSize: 8, length });

  test('may be epochs, steps or examples', () => {
    expect([plan({ epochs: 3 }).totalSteps, plan({ epochs: 3 }).epochs]).toEqual([21, 3]);
    expect([plan({ steps: 10 }).totalSteps, plan({ steps: 10 }).epochs]).toEqual([10, 2]);
    const byExamples = plan({ examples: 75 });
    const steps = Array.from({ length: byExamples.totalSteps }, (_, step) => byExamples.stepAt(step).examples.length);
    const seen = steps.reduce((sum, count) => sum + count, 0);
    expect(seen).toBeGreaterThanOrEqual(75);
    expect(seen - (steps.at(-1) ?? 0)).toBeLessThan(75);
  });

  test('that ends within an epoch ends it, and a shorter run has the beginning of a longer one', () => {
    expect(plan({ steps: 10 }).stepAt(9)).toEqual({ ...plan({ epochs: 3 }).stepAt(9), endsEpoch: true });
    expect(plan({ steps: 10 }).stepAt(8)).toEqual(plan({ epochs: 3 }).stepAt(8));
  });
});

describe('steps grouped by length', () => {
  test('pad little, and still differ in their rows from epoch to epoch', () => {
    const rows = rowsOf({ a: 5000 });
    const padding = (groupByLength: boolean): number => {
      const steps = stepsOf(planSteps(rows, { seed: 3, groupByLength, length: { epochs: 1 } }), 0);
      const lengthsOf = (step: readonly number[]): readonly number[] => step.map((row) => rows.lengths[row] ?? 0);
      const padded = steps.reduce((sum, step) => sum + step.length * Math.max(...lengthsOf(step)), 0);
      const tokens = steps.flatMap(lengthsOf).reduce((sum, length) => sum + length, 0);
      return 1 - tokens / padded;
    };
    expect(padding(true)).toBeLessThan(0.03);
    expect(padding(false)).toBeGreaterThan(0.4);
    const plan = planSteps(rowsOf({ a: 100 }), { seed: 3, length: { epochs: 2 } });
    const companions = (epoch: number): string =>
      sorted(stepsOf(plan, epoch).find((step) => step.includes(7)) ?? []).join();
    expect(companions(0)).not.toBe(companions(1));
  });

  test('are in random order of length, so that no part of an epoch has only long rows', () => {
    const rows = rowsOf({ a: 3200 });
    const steps = stepsOf(planSteps(rows, { seed: 4, length: { epochs: 1 } }), 0);
    const means = steps.map((step) => step.reduce((sum, row) => sum + (rows.lengths[row] ?? 0), 0) / step.length);
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(means.slice(0, 50)) - mean(means.slice(50)))).toBeLessThan(10);
  });
});

describe('refused', () => {
  const rows = rowsOf({ a: 10, b: 10 });
  test.each<[string, SamplingRows, Partial<StepOptions>, string]>([
    ['no rows', rowsOf({}), {}, 'none of the 0 rows has a label'],
    ['no labels', rowsOf({ '': 5 }), {}, 'none of the 5 rows has a label; look at the names of the tasks'],
    ['a batch size', rows, { batchSize: 0 }, 'the batch size is 0; a whole number of at least 1 is needed'],
    ['epochs', rows, { length: { epochs: 1.5 } }, 'the number of epochs is 1.5; a whole number'],
    ['steps', rows, { length: { steps: 0 } }, 'the number of steps is 0; a whole number'],
    ['examples', rows, { length: { examples: NaN } }, 'the number of examples is NaN; a whole number'],
    [
      'a temperature',
      rows,
      { sampling: { kind: 'temperature', temperature: 0 } },
      'the temperature of sampling is 0; a n',
    ],
    [
      'a cap',
      rows,
      { sampling: { kind: 'temperature', temperature: 1, cap: -1 } },
      'the cap of temperature sampling is -1',
    ],
    [
      'an annealing',
      rows,
      { sampling: { kind: 'annealed', to: 2 } },
      'annealed sampling ends at 2; a number from 0 to 1',
    ],
    [
      'a weight',
      rows,
      { sampling: { kind: 'weights', weights: { a: 1 } } },
      'the weight of "b" is NaN; each set needs one',
    ],
    [
      'weights',
      rows,
      { sampling: { kind: 'weights', weights: { a: 0, b: 0 } } },
      'all weights are 0; one must be more',
    ],
    [
      'a name',
      rows,
      { sampling: { kind: 'weights', weights: { a: 1, b: 1, bb: 1 } } },
      'a weight is given for "bb", but the sets of rows are a, b; did you mean',
    ],
  ])('%s', (_, given, options, message) => {
    const planning = (): StepPlan => planSteps(given, { seed: 1, length: { epochs: 1 }, ...options });
    expect(planning).toThrow(ArgumentError);
    expect(planning).toThrow(message);
  });

  test('a step that the run does not have', () => {
    const plan = planSteps(rows, { seed: 1, length: { steps: 2 } });
    expect(() => plan.stepAt(2)).toThrow('there is no step 2; the run has 2 steps, counted from 0');
  });
});
