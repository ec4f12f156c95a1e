// fixtures/loss-weights.json has the cases EW and UW as recorded from torchjd in float32.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { BalancingMethod } from './balancing-method.ts';
import { equalWeights } from './fixed-weights.ts';
import { uncertaintyWeighting } from './uncertainty-weighting.ts';

interface Recorded {
  readonly method: string;
  readonly tasks: number;
  readonly losses: readonly (readonly number[])[];
  readonly steps: readonly {
    readonly weights: readonly number[];
    readonly total: number;
    /** Log variances before the step. */
    readonly s?: readonly number[];
  }[];
}

const file = `${import.meta.dirname}/../fixtures/loss-weights.json`;
const { cases }: { readonly cases: readonly Recorded[] } = JSON.parse(readFileSync(file, 'utf8'));

const methods: Readonly<Record<string, BalancingMethod>> = {
  EW: equalWeights(),
  'UW-SGD': uncertaintyWeighting({ optimizer: { kind: 'sgd', learningRate: 0.1 }, initial: -0.5 }),
  'UW-Adam': uncertaintyWeighting({ optimizer: { kind: 'adam', learningRate: 0.05 }, initial: -0.5 }),
};

function expectClose(value: number | undefined, recorded: number): void {
  expect(Math.abs((value ?? NaN) - recorded)).toBeLessThanOrEqual(1e-5 * Math.abs(recorded));
}

test('three methods are recorded, for 2, 3 and 6 tasks', () => {
  const names = Object.keys(methods).flatMap((name) => [2, 3, 6].map((tasks) => `${name} ${tasks}`));
  expect(cases.map(({ method, tasks }) => `${method} ${tasks}`).toSorted()).toEqual(names.toSorted());
});

test.each(cases)('$method of $tasks tasks: weights, totals and log variances of ten steps', (recorded) => {
  const method = methods[recorded.method] ?? equalWeights();
  const names = Array.from({ length: recorded.tasks }, (_, i) => `task-${i}`);
  const byTask = (values: readonly number[]) => Object.fromEntries(names.map((name, i) => [name, values[i] ?? NaN]));
  const labelledCounts = byTask(names.map(() => 8));
  let state = method.init(names);
  expect(recorded.steps).toHaveLength(10);
  recorded.steps.forEach(({ weights, total, s }, step) => {
    names.forEach((name, i) => {
      if (s !== undefined) expectClose(state[name]?.['logVariance'], s[i] ?? NaN);
    });
    const balance = method.weigh({ step, labelledCounts, losses: byTask(recorded.losses[step] ?? []) }, state);
    names.forEach((name, i) => expectClose(balance.weights[name], weights[i] ?? NaN));
    expectClose(balance.total, total);
    state = JSON.parse(JSON.stringify(balance.state));
  });
});
