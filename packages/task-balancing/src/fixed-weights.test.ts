import { ArgumentError } from '@sentence-mtl/core';
import { expect, test } from 'vitest';
import type { ByTask } from './balancing-method.ts';
import { fixedWeights } from './fixed-weights.ts';

test('a weight is the one given, or 1, and the total is the weighted sum', () => {
  const method = fixedWeights({ intent: 0.3, tags: 0 });
  const state = method.init(['intent', 'sentiment', 'tags']);
  const labelledCounts = { intent: 4, sentiment: 2, tags: 9 };
  const step = { step: 0, labelledCounts, losses: { intent: 2, sentiment: 5, tags: 7 } };
  const weights = { intent: 0.3, sentiment: 1, tags: 0 };
  expect(method.weigh(step, state)).toEqual({ weights, total: 0.6 + 5, state });
});

test.each<[ByTask<number>, string]>([
  [{ intnt: 2 }, 'a weight is given for "intnt", which is not a task of the run; did you mean "intent"?'],
  [{ urgency: 2 }, 'which is not a task of the run; there are intent, sentiment'],
  [{ intent: 0, sentiment: 0 }, 'the weight of every task is 0: nothing would be learnt'],
])('%o do not fit the tasks', (weights, message) => {
  expect(() => fixedWeights(weights).init(['intent', 'sentiment'])).toThrow(ArgumentError);
  expect(() => fixedWeights(weights).init(['intent', 'sentiment'])).toThrow(message);
});

test.each([NaN, -1, Infinity])('%d is not a weight', (weight) => {
  expect(() => fixedWeights({ intent: weight })).toThrow(
    `the weight of the task "intent" is ${weight}; it must be finite`,
  );
});
