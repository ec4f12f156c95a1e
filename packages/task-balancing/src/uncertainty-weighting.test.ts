import { ArgumentError } from '@sentence-mtl/core';
import { expect, test } from 'vitest';
import { uncertaintyWeighting } from './uncertainty-weighting.ts';

const labelledCounts = { a: 3, b: 1 };

test('the step of a log variance is down the gradient of the total, by finite differences', () => {
  const rate = 1e-3;
  const method = uncertaintyWeighting({ optimizer: { kind: 'sgd', learningRate: rate } });
  const moments = { steps: 0, firstMoment: 0, secondMoment: 0 };
  const stateAt = (s: number) => ({ a: { logVariance: s, ...moments }, b: { logVariance: 0.2, ...moments } });
  const step = { step: 0, labelledCounts, losses: { a: 1.7, b: 0.4 } };
  for (const s of [-2, -0.3, 0, 1.5]) {
    const slope = (method.weigh(step, stateAt(s + 1e-6)).total - method.weigh(step, stateAt(s - 1e-6)).total) / 2e-6;
    const moved = (method.weigh(step, stateAt(s)).state['a']?.['logVariance'] ?? NaN) - s;
    expect(moved).toBeCloseTo(-rate * slope, 9);
  }
});

test.each(['sgd', 'adam'] as const)(
  'by %s, losses that stay the same end with weights that make them equal',
  (kind) => {
    const method = uncertaintyWeighting({ optimizer: { kind, learningRate: 0.05 } });
    let state = method.init(['a', 'b']);
    const losses = { a: 4, b: 0.1 };
    for (let step = 0; step < 2000; step++) state = method.weigh({ step, labelledCounts, losses }, state).state;
    // ½ e⁻ˢ L = ½ where the gradient is 0.
    expect(state['a']?.['logVariance']).toBeCloseTo(Math.log(4), 3);
    expect(state['b']?.['logVariance']).toBeCloseTo(Math.log(0.1), 3);
  },
);

test('a task without a label gives its log variance no gradient: neither value, moments nor count change', () => {
  const method = uncertaintyWeighting();
  const { state } = method.weigh({ step: 0, labelledCounts, losses: { a: 2, b: 3 } }, method.init(['a', 'b']));
  const missing = { step: 1, labelledCounts: { a: 3, b: 0 }, losses: { a: 2, b: 0 } };
  const balance = method.weigh(missing, state);
  expect(balance.state['b']).toEqual(state['b']);
  expect(balance.state['a']).not.toEqual(state['a']);
  expect(balance.weights['b']).toBe(0);
  expect(balance.state['b']).toMatchObject({ steps: 1 });
});

test.each([
  [{ initial: NaN }, 'log variances cannot start at NaN'],
  [{ optimizer: { kind: 'adam', learningRate: NaN } as const }, 'the learning rate of the task weights is NaN'],
  [{ optimizer: { kind: 'sgd', learningRate: 0 } as const }, 'it must be finite and above 0'],
])('%o is refused', (options, message) => {
  expect(() => uncertaintyWeighting(options)).toThrow(ArgumentError);
  expect(() => uncertaintyWeighting(options)).toThrow(message);
});
