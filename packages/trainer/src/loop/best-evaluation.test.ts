import { expect, test } from 'vitest';
import { AGGREGATE, bestSoFar, betterOf } from './best-evaluation.ts';

const historyOf = (values: readonly (number | null)[]): Parameters<typeof bestSoFar>[0] =>
  values.map((value, i) => ({ step: 10 * (i + 1), metrics: { [AGGREGATE]: value } }));

test.each([
  ['nothing', [], 'higher', undefined],
  ['no value', [null, null], 'higher', undefined],
  ['the highest', [0.5, 0.9, 0.7], 'higher', { step: 20, value: 0.9, waited: 1 }],
  ['the lowest', [0.5, 0.2, 0.7], 'lower', { step: 20, value: 0.2, waited: 1 }],
  ['the last among equals', [0.5, 1, 1, 1], 'higher', { step: 40, value: 1, waited: 2 }],
  ['the last among the lowest', [0.5, 0.1, 0.3, 0.1], 'lower', { step: 40, value: 0.1, waited: 2 }],
  ['a better one after equals', [1, 1, 2, 1], 'higher', { step: 30, value: 2, waited: 1 }],
  ['one without a value waits', [0.5, null], 'higher', { step: 10, value: 0.5, waited: 1 }],
] as const)('%s', (_, values, better, expected) => {
  expect(bestSoFar(historyOf(values), better)).toEqual(expected);
});

test('what is better follows the metric', () => {
  expect(['mean', 'intent.accuracy', 'stars.meanAbsoluteError', 'a.constructor'].map(betterOf)).toEqual([
    'higher',
    'higher',
    'lower',
    'higher',
  ]);
});
