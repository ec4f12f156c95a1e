import { ArgumentError } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import type { Metric } from '../metric.ts';
import { expectRecorded, readRecorded, type RecordedValue } from '../recorded-value.test.support.ts';
import { kendall, pearson, spearman } from './correlation.ts';
import { maxError, meanAbsoluteError, meanSquaredError, rootMeanSquaredError } from './errors.ts';
import { explainedVariance, r2 } from './explained.ts';
import { numberPairs, type NumberPairs } from './number-pairs.ts';

type Recorded = Readonly<Record<string, RecordedValue>> & {
  readonly name: string;
  readonly true: readonly number[];
  readonly predicted: readonly (number | string)[];
};

const { cases } = readRecorded<{ readonly cases: readonly Recorded[] }>('regression.json');

const METRICS: Readonly<Record<string, (pairs: NumberPairs) => Metric>> = {
  pearson,
  spearman,
  kendall_tau_b: kendall,
  r2,
  mae: meanAbsoluteError,
  mse: meanSquaredError,
  rmse: rootMeanSquaredError,
  max_error: maxError,
  explained_variance: explainedVariance,
};

describe.each(cases.filter(({ name }) => name !== 'nan'))('$name', (recorded) => {
  const pairs = numberPairs(recorded.predicted as readonly number[], recorded.true);
  // Where scipy has no correlation for predictions that are all the same, ours is 0 with a note.
  const convention = recorded.name === 'constant-prediction' ? 0 : undefined;

  it.each(Object.entries(METRICS))('%s', (name, metric) => {
    expectRecorded(metric(pairs), recorded[name], convention);
  });
});

it('refuses a prediction that is no number, and leaves out a label that is none', () => {
  expect(() => numberPairs([1, NaN, 3], [1, 2, 3])).toThrow(
    new ArgumentError('the prediction of row 1 is NaN; it must be finite'),
  );
  expect(numberPairs([1, NaN, 3], [1, NaN, 2])).toEqual({
    predictions: Float64Array.of(1, 3),
    labels: Float64Array.of(1, 2),
  });
});
