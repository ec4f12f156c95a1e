import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countClasses, type ClassCounts } from '../label-counts.ts';
import type { Metric } from '../metric.ts';
import { accuracy } from './accuracy.ts';
import { balancedAccuracy } from './balanced-accuracy.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { matthewsCorrelation } from './matthews-correlation.ts';
import { f1, jaccard, labelMetrics, precision, recall } from './precision-recall-f1.ts';

const LABELS = 4;
const row = fc.record({ prediction: fc.nat(LABELS - 1), label: fc.nat(LABELS - 1) });
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;
const rows = fc.array(row, { minLength: 1, maxLength: 30 });

function countsOf(given: readonly Row[], labelCount = LABELS): ClassCounts {
  return countClasses(
    given.map((one) => one.prediction),
    given.map((one) => one.label),
    labelCount,
  );
}

function kappaOf(given: readonly Row[]): Metric {
  return cohenKappa(
    confusionMatrix(
      given.map((one) => one.prediction),
      given.map((one) => one.label),
      LABELS,
    ),
  );
}

const swapped = (given: readonly Row[]): Row[] =>
  given.map(({ prediction, label }) => ({ prediction: label, label: prediction }));

/** All metrics of counts, so that each property is asked of every one. */
const METRICS: Readonly<Record<string, (counts: ClassCounts) => Metric>> = {
  accuracy,
  balancedAccuracy,
  matthewsCorrelation,
  precisionMacro: (counts) => precision(counts, 'macro'),
  recallMacro: (counts) => recall(counts, 'macro'),
  f1Macro: (counts) => f1(counts, 'macro'),
  f1Weighted: (counts) => f1(counts, 'weighted'),
  jaccardMacro: (counts) => jaccard(counts, 'macro'),
};

describe.each(Object.entries(METRICS))('%s', (name, metric) => {
  it('is a number in its range, 1 where all is right and two labels occur', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const { value = NaN } = metric(countsOf(given));
        expect(value).toBeGreaterThanOrEqual(name === 'matthewsCorrelation' ? -1 - 1e-12 : 0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        const right = given.map(({ label }) => ({ label, prediction: label }));
        if (new Set(given.map(({ label }) => label)).size > 1) expect(metric(countsOf(right)).value).toBeCloseTo(1, 12);
      }),
    );
  });

  it('does not depend on the order of rows, nor on the numbers of labels', () => {
    const renamed = (label: number): number => (label + 1) % LABELS;
    fc.assert(
      fc.property(rows, (given) => {
        const moved = given
          .toReversed()
          .map((one) => ({ prediction: renamed(one.prediction), label: renamed(one.label) }));
        expect(metric(countsOf(moved)).value).toBeCloseTo(metric(countsOf(given)).value ?? NaN, 12);
      }),
    );
  });

  it('leaves out rows without a label', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(-100, -1, NaN), (given, missing) => {
        const more = [{ prediction: 0, label: missing }, ...given, { prediction: 3, label: missing }];
        expect(metric(countsOf(more))).toEqual(metric(countsOf(given)));
      }),
    );
  });

  it('is undefined without rows, with a note', () => {
    expect(metric(countsOf([]))).toEqual({ value: undefined, note: 'no-rows' });
    expect(metric(countsOf([{ prediction: 0, label: -100 }]))).toEqual({ value: undefined, note: 'no-rows' });
  });
});

it('correlation, kappa and F1 are the same both ways round; precision one way is recall the other', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const [there, back] = [countsOf(given), countsOf(swapped(given))];
      expect(matthewsCorrelation(there).value).toBeCloseTo(matthewsCorrelation(back).value ?? NaN, 12);
      expect(kappaOf(given).value).toBeCloseTo(kappaOf(swapped(given)).value ?? NaN, 12);
      expect(f1(there, 'macro').value).toBeCloseTo(f1(back, 'macro').value ?? NaN, 12);
      expect(precision(there, 'macro').value).toBeCloseTo(recall(back, 'macro').value ?? NaN, 12);
    }),
  );
});

it('every micro average of exclusive labels is the accuracy', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const counts = countsOf(given);
      for (const ratio of [precision, recall, f1]) expect(ratio(counts, 'micro').value).toBe(accuracy(counts).value);
    }),
  );
});

it('the correlation of two labels is that of the four-cell formula', () => {
  const two = fc.array(fc.record({ prediction: fc.nat(1), label: fc.nat(1) }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(two, (given) => {
      const cell = (p: number, l: number): number =>
        given.filter(({ prediction, label }) => prediction === p && label === l).length;
      const [tp, fp, fn, tn] = [cell(1, 1), cell(1, 0), cell(0, 1), cell(0, 0)];
      const below = Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
      const expected = below === 0 ? 0 : (tp * tn - fp * fn) / below;
      expect(matthewsCorrelation(countsOf(given, 2)).value).toBeCloseTo(expected, 12);
    }),
  );
});

it('the metrics of a label are those of its rows counted one by one', () => {
  fc.assert(
    fc.property(rows, (given) => {
      labelMetrics(countsOf(given)).forEach((metrics, label) => {
        const predicted = given.filter(({ prediction }) => prediction === label);
        const both = predicted.filter((one) => one.label === label).length;
        const support = given.filter((one) => one.label === label).length;
        expect(metrics.support).toBe(support);
        expect(metrics.predicted).toBe(predicted.length);
        expect(metrics.precision.value).toBe(predicted.length === 0 ? 0 : both / predicted.length);
        expect(metrics.recall.value).toBe(support === 0 ? 0 : both / support);
      });
    }),
  );
});

it('notes say where a convention stands in for a value', () => {
  const oneClass = countsOf([{ prediction: 0, label: 0 }]);
  expect(matthewsCorrelation(oneClass)).toEqual({ value: 0, note: 'one-class' });
  expect(balancedAccuracy(oneClass)).toEqual({ value: 1, note: 'one-class' });
  expect(f1(oneClass, 'macro')).toEqual({ value: 1, note: 'labels-left-out' });
  expect(labelMetrics(oneClass)[1]).toEqual({
    precision: { value: 0, note: 'never-predicted' },
    recall: { value: 0, note: 'no-positives' },
    f1: { value: 0, note: 'no-positives' },
    support: 0,
    predicted: 0,
  });
  const constant = countsOf([
    { prediction: 0, label: 0 },
    { prediction: 0, label: 1 },
  ]);
  expect(matthewsCorrelation(constant)).toEqual({ value: 0, note: 'constant-predictions' });
});
