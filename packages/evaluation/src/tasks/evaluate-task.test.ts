import { Random } from '@sentence-mtl/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METRIC_NOTES } from '../metric.ts';
import { compareOutputs } from './compare-outputs.ts';
import { evaluateTask } from './evaluate-task.ts';
import { METRICS, type MetricName } from './metric-name.ts';
import { taskInterval } from './task-interval.ts';
import type { TaskOutputs } from './task-outputs.ts';

/** Outputs of every kind with random predictions for the same labels. */
const KINDS: Readonly<
  Record<TaskOutputs['kind'], fc.Arbitrary<{ readonly first: TaskOutputs; readonly second: TaskOutputs }>>
> = {
  classification: pairOf('classification'),
  'pair-classification': pairOf('pair-classification'),
  'multi-label': fc.array(fc.constantFrom(0, 1, -100), { maxLength: 8 }).chain((tags) => {
    const labels = [...tags, ...tags];
    const one = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: labels.length, maxLength: labels.length });
    return fc.tuple(one, one).map(([a, b]) => ({ first: tagged(labels, a), second: tagged(labels, b) }));
  }),
  regression: numbersOf('regression'),
  'pair-similarity': numbersOf('pair-similarity'),
  embedding: fc.array(fc.subarray([0, 1, 2, 3]), { maxLength: 5 }).chain((relevant) => {
    const rankings = fc.array(fc.shuffledSubarray([0, 1, 2, 3]), {
      minLength: relevant.length,
      maxLength: relevant.length,
    });
    const found = (ranked: readonly number[][]): TaskOutputs => ({
      kind: 'embedding',
      results: relevant.map((documents, query) => ({ relevant: new Set(documents), ranked: ranked[query] ?? [] })),
    });
    return fc.tuple(rankings, rankings).map(([a, b]) => ({ first: found(a), second: found(b) }));
  }),
};

function tagged(labels: readonly number[], tenths: readonly number[]): TaskOutputs {
  const probabilities = tenths.map((tenth) => tenth / 4);
  return {
    kind: 'multi-label',
    labelCount: 2,
    labels,
    probabilities,
    predictions: probabilities.map((p) => Number(p >= 0.5)),
  };
}

function pairOf(
  kind: 'classification' | 'pair-classification',
): fc.Arbitrary<{ first: TaskOutputs; second: TaskOutputs }> {
  return fc.array(fc.constantFrom(0, 1, 2, -100), { maxLength: 12 }).chain((labels) => {
    const guesses = fc.array(fc.nat(2), { minLength: labels.length, maxLength: labels.length });
    const outputs = (predictions: readonly number[]): TaskOutputs => ({
      kind,
      labelCount: 3,
      labels,
      predictions,
      probabilities: predictions.flatMap((guess) => [0, 1, 2].map((label) => (label === guess ? 0.5 : 0.25))),
    });
    return fc.tuple(guesses, guesses).map(([a, b]) => ({ first: outputs(a), second: outputs(b) }));
  });
}

function numbersOf(kind: 'regression' | 'pair-similarity'): fc.Arbitrary<{ first: TaskOutputs; second: TaskOutputs }> {
  return fc.array(fc.constantFrom(0, 1, 2.5, NaN), { maxLength: 8 }).chain((half) => {
    const labels = [...half, ...half.toReversed()];
    const guesses = fc.array(fc.constantFrom(0, 1, 2), { minLength: labels.length, maxLength: labels.length });
    const outputs = (predictions: readonly number[]): TaskOutputs => ({ kind, labels, predictions, width: 2 });
    return fc.tuple(guesses, guesses).map(([a, b]) => ({ first: outputs(a), second: outputs(b) }));
  });
}

describe.each(Object.entries(KINDS))('%s', (_, outputs) => {
  it('has no NaN, a note wherever there is no value, and a value or none by the labels alone', () => {
    fc.assert(
      fc.property(outputs, ({ first, second }) => {
        const [one, other] = [evaluateTask(first), evaluateTask(second)];
        for (const [name, metric] of Object.entries(one.metrics)) {
          expect(metric.value, name).not.toBeNaN();
          if (metric.value === undefined) expect(METRIC_NOTES, name).toHaveProperty(metric.note ?? 'a note');
          expect(other.metrics[name as MetricName]?.value === undefined, name).toBe(metric.value === undefined);
        }
      }),
    );
  });

  it('every metric has an interval that holds nothing but values of it, and none differs from itself', () => {
    const options = { random: Random.of(1).split('bootstrap'), resamples: 5 };
    fc.assert(
      fc.property(outputs, ({ first }) => {
        const { metrics, rows } = evaluateTask(first);
        for (const name of Object.keys(metrics) as MetricName[]) {
          const { low, high, note } = taskInterval(first, name, options);
          if (low === undefined) expect(note).toBeDefined();
          else expect(low).toBeLessThanOrEqual(high ?? NaN);
          const { difference, interval } = compareOutputs(first, first, name, options);
          expect(difference.value ?? 0, name).toBe(0);
          if (rows > 1 && interval.low !== undefined) expect([interval.low, interval.high]).toEqual([0, 0]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('every metric knows whether more is better', () => {
    const [sample] = fc.sample(outputs, { numRuns: 1, seed: 1 });
    const names = sample === undefined ? [] : Object.keys(evaluateTask(sample.first).metrics);
    expect(names.filter((name) => !Object.hasOwn(METRICS, name))).toEqual([]);
    expect(names.length).toBeGreaterThan(7);
  });
});

describe('evaluateTask', () => {
  const outputs = {
    kind: 'classification',
    labelCount: 2,
    predictions: [0, 1, 1, 0],
    labels: [0, 1, 0, -100],
  } as const;

  it('counts the rows without a label and leaves them out', () => {
    const { rows, missing, primary, metrics } = evaluateTask(outputs);
    expect({ rows, missing, primary }).toEqual({ rows: 3, missing: 1, primary: 'accuracy' });
    expect(metrics.accuracy).toEqual({ value: 2 / 3 });
    expect(metrics.logLoss).toBeUndefined();
  });

  it('takes another primary metric, and names the nearest where there is none', () => {
    expect(evaluateTask(outputs, { primary: 'f1Macro' }).headline[0]).toBe('f1Macro');
    expect(() => evaluateTask(outputs, { primary: 'logLoss' })).toThrow(
      '"logLoss" is not a metric of these classification outputs',
    );
    expect(() => evaluateTask(outputs, { primary: 'f1macro' as 'f1Macro' })).toThrow('did you mean f1Macro?');
    expect(() => taskInterval(outputs, 'rocAucMacro', { random: Random.of(1) })).toThrow('is not a metric of these');
  });

  it('means the columns of vectors, and takes the largest of their largest errors', () => {
    const { metrics } = evaluateTask({ kind: 'regression', width: 2, predictions: [0, 0, 1, 5], labels: [0, 0, 1, 1] });
    expect(metrics.meanSquaredError?.value).toBe((0 + 8) / 2);
    expect(metrics.rootMeanSquaredError?.value).toBe((0 + Math.sqrt(8)) / 2);
    expect(metrics.maxError?.value).toBe(4);
  });
});

describe('compareOutputs', () => {
  const options = { random: Random.of(3).split('compare'), resamples: 200 };
  const labels = Array.from({ length: 60 }, (_, row) => row % 3);
  const of = (predictions: readonly number[]): TaskOutputs => ({
    kind: 'classification',
    labelCount: 3,
    labels,
    predictions,
  });

  it('finds a better model better, by the difference of its metric', () => {
    const { difference, interval } = compareOutputs(
      of(labels),
      of(labels.map((label, row) => (row % 4 === 0 ? 0 : label))),
      'accuracy',
      options,
    );
    expect(difference.value).toBeCloseTo(10 / 60, 12);
    expect(interval.low).toBeGreaterThan(0);
    expect(interval.greater).toBe(1);
  });

  it('refuses outputs for other labels', () => {
    const other: TaskOutputs = {
      kind: 'classification',
      labelCount: 3,
      labels: labels.toReversed(),
      predictions: labels,
    };
    expect(() => compareOutputs(of(labels), other, 'accuracy', options)).toThrow(
      'the labels given with the two differ',
    );
  });
});
