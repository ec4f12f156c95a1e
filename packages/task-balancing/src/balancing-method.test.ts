// What holds for every method: a new one joins the table.
import { ArgumentError } from '@sentence-mtl/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BalancingMethod, MeasuredStep } from './balancing-method.ts';
import { equalWeights, fixedWeights } from './fixed-weights.ts';
import { restoreBalancing } from './restore-balancing.ts';
import { uncertaintyWeighting } from './uncertainty-weighting.ts';

const TASKS = ['intent', '__proto__', '7'];

const methods: readonly BalancingMethod[] = [
  equalWeights(),
  fixedWeights({ intent: 0.3 }),
  uncertaintyWeighting(),
  uncertaintyWeighting({ optimizer: { kind: 'sgd', learningRate: 0.1 }, initial: -0.5 }),
];

const loss = fc.double({ min: 0, max: 20, noNaN: true });
/** A task without a label may have any loss, or none. */
const measured = fc.tuple(
  ...TASKS.map(() =>
    fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.integer({ min: 1, max: 32 }), loss) },
      fc.constantFrom([0, NaN], [0, 0], [0, Infinity]),
    ),
  ),
);
const steps = fc.array(measured, { minLength: 1, maxLength: 8 }).map((rows): readonly MeasuredStep[] => {
  return rows.map((values, step) => ({
    step,
    labelledCounts: Object.fromEntries(values.map(([count = 0], i) => [TASKS[i], count])),
    losses: Object.fromEntries(values.map(([, value = NaN], i) => [TASKS[i], value])),
  }));
});

describe.each(methods.map((method) => ({ name: method.name, method })))('$name', ({ method }) => {
  test('gives every task a finite weight, 0 without a label, and a finite total', () => {
    fc.assert(
      fc.property(steps, (run) => {
        let state = method.init(TASKS);
        for (const step of run) {
          const balance = method.weigh(step, state);
          expect(Object.keys(balance.weights).toSorted()).toEqual(TASKS.toSorted());
          for (const [task, weight] of Object.entries(balance.weights)) {
            expect(Number.isFinite(weight) && weight >= 0).toBe(true);
            if (step.labelledCounts[task] === 0) expect(weight).toBe(0);
          }
          expect(Number.isFinite(balance.total)).toBe(true);
          state = balance.state;
        }
      }),
    );
  });

  test('knows the weights of a step before its losses, or says that it does not', () => {
    fc.assert(
      fc.property(steps, (run) => {
        let state = method.init(TASKS);
        for (const step of run) {
          const { weights, state: next } = method.weigh(step, state);
          const { step: number, labelledCounts } = step;
          if (method.weightsAhead !== undefined) {
            expect(method.weightsAhead({ step: number, labelledCounts }, state)).toEqual(weights);
          }
          state = next;
        }
      }),
    );
  });

  test('goes by a task that has no label as if the task were not there, and remembers what it did', () => {
    fc.assert(
      fc.property(steps, (run) => {
        let [all, some] = [method.init(TASKS), method.init(TASKS.slice(0, 2))];
        for (const step of run) {
          const without = { ...step, labelledCounts: { ...step.labelledCounts, 7: 0 } };
          const [balance, smaller] = [method.weigh(without, all), method.weigh(step, some)];
          expect(balance.state['7']).toEqual(all['7']);
          expect(balance.total).toBe(smaller.total);
          for (const task of TASKS.slice(0, 2)) expect(balance.weights[task]).toBe(smaller.weights[task]);
          [all, some] = [balance.state, smaller.state];
        }
      }),
    );
  });

  test('goes on from a state through JSON as if nothing had been, and leaves the state it is given alone', () => {
    fc.assert(
      fc.property(steps, (run) => {
        let [whole, resumed] = [method.init(TASKS), method.init(TASKS)];
        for (const step of run) {
          const before = JSON.stringify(whole);
          const balance = method.weigh(step, whole);
          expect(JSON.stringify(whole)).toBe(before);
          const again = method.weigh(step, resumed);
          expect(again).toEqual(balance);
          whole = balance.state;
          resumed = restoreBalancing(method, TASKS, JSON.parse(JSON.stringify(again.state)));
        }
      }),
    );
  });

  test('refuses a labelled task without a finite loss, and counts that are missing', () => {
    const state = method.init(['intent', '7']);
    const labelledCounts = { intent: 1, 7: 2 };
    const weigh =
      (losses: Record<string, number>, counts: Record<string, number> = labelledCounts) =>
      () => {
        return method.weigh({ step: 3, labelledCounts: counts, losses }, state);
      };
    expect(weigh({ intent: 1, 7: NaN })).toThrow(ArgumentError);
    expect(weigh({ intent: 1, 7: NaN })).toThrow('the loss of the task "7" at step 3 is NaN; it must be finite');
    expect(weigh({ 7: 1 })).toThrow('the loss of the task "intent" at step 3 is missing');
    const uncounted = 'step 3 does not say how many rows have a label of the task "7"';
    expect(weigh({ intent: 1, 7: 1 }, { intent: 1 })).toThrow(uncounted);
    expect(weigh({ intent: 1, 7: 1 }, { intent: 1, 7: NaN })).toThrow(uncounted);
  });

  test('refuses no task, and one that comes twice', () => {
    expect(() => method.init([])).toThrow(ArgumentError);
    expect(() => method.init(['intent', '7', 'intent'])).toThrow('the task "intent" comes twice');
  });
});

test('names tell methods and settings apart', () => {
  expect(new Set(methods.map(({ name }) => name)).size).toBe(methods.length);
  expect(fixedWeights({ a: 1, b: 2 }).name).toBe(fixedWeights({ b: 2, a: 1 }).name);
});

describe('a saved state of another run is refused', () => {
  const uncertainty = uncertaintyWeighting();
  test.each<[unknown, string]>([
    [null, 'is of null; the run has a, b'],
    [[], 'is of []; the run has a, b'],
    [{ a: {} }, 'is of tasks a; the run has a, b'],
    [uncertainty.init(['a', 'c']), 'is of tasks a, c; the run has a, b'],
    [equalWeights().init(['a', 'b']), 'keeps logVariance, steps, firstMoment, secondMoment as numbers'],
    [{ ...uncertainty.init(['a', 'b']), b: { logVariance: null } }, 'the saved state of the task "b" is'],
    [
      { ...uncertainty.init(['a', 'b']), a: { logVariance: NaN, steps: 0, firstMoment: 0, secondMoment: 0 } },
      'task "a"',
    ],
  ])('%o', (saved, message) => {
    expect(() => restoreBalancing(uncertainty, ['a', 'b'], saved)).toThrow(ArgumentError);
    expect(() => restoreBalancing(uncertainty, ['a', 'b'], saved)).toThrow(message);
  });
});
