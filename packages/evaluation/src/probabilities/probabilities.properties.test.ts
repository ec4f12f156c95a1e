import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argMaxRows } from './arg-max-rows.ts';
import { averagePrecision } from './average-precision.ts';
import { binaryScores, oneVersusRest, tagScores, type BinaryScores } from './binary-scores.ts';
import { brierScore } from './brier-score.ts';
import { calibrationBins, expectedCalibrationError } from './calibration.ts';
import { logLoss } from './log-loss.ts';
import { meanOverLabels } from './mean-over-labels.ts';
import { oneVersusOneRocAuc } from './one-versus-one-roc-auc.ts';
import { rocAuc } from './roc-auc.ts';
import { topKAccuracy } from './top-k-accuracy.ts';

const some = (least: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: -6, max: 6 }), { minLength: least, maxLength: 20 });

const scores = fc.tuple(some(1), some(1)).map(([positives, negatives]): BinaryScores => ({
  positives: Float64Array.from(positives),
  negatives: Float64Array.from(negatives),
}));

function mapped({ positives, negatives }: BinaryScores, change: (score: number) => number): BinaryScores {
  return { positives: positives.map(change), negatives: negatives.map(change) };
}

describe('scores of two classes', () => {
  it('the ROC area is the share of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(scores, ({ positives, negatives }) => {
        let sum = 0;
        for (const p of positives) for (const n of negatives) sum += (Math.sign(p - n) + 1) / 2;
        expect(rocAuc({ positives, negatives }).value).toBeCloseTo(sum / (positives.length * negatives.length), 12);
      }),
    );
  });

  it('areas depend on the order of scores alone, and the ROC area turns round with it', () => {
    fc.assert(
      fc.property(scores, (given) => {
        const steeper = mapped(given, (score) => score ** 3 + 100);
        expect(rocAuc(steeper)).toEqual(rocAuc(given));
        expect(averagePrecision(steeper)).toEqual(averagePrecision(given));
        const against = rocAuc(mapped(given, (score) => -score)).value ?? NaN;
        expect((rocAuc(given).value ?? NaN) + against).toBeCloseTo(1, 12);
      }),
    );
  });

  it('average precision is the mean over positives of the precision at their score', () => {
    fc.assert(
      fc.property(scores, ({ positives, negatives }) => {
        const atLeast = (values: Float64Array, score: number): number =>
          values.filter((value) => value >= score).length;
        const sum = positives.reduce((total, score) => {
          const [right, wrong] = [atLeast(positives, score), atLeast(negatives, score)];
          return total + right / (right + wrong);
        }, 0);
        expect(averagePrecision({ positives, negatives }).value).toBeCloseTo(sum / positives.length, 12);
      }),
    );
  });
});

const LABELS = 3;
/** Rows of small whole numbers, some equal, as probabilities with their true class. */
const rows = fc.array(
  fc.record({
    weights: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: LABELS, maxLength: LABELS }),
    label: fc.nat(LABELS - 1),
  }),
  { minLength: 1, maxLength: 25 },
);
type Row = typeof rows extends fc.Arbitrary<(infer T)[]> ? T : never;

function given(all: readonly Row[]): [number[], number[], number] {
  const probabilities = all.flatMap(({ weights }) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  });
  return [probabilities, all.map(({ label }) => label), LABELS];
}

describe('probabilities of classes', () => {
  const metrics = {
    logLoss,
    brierScore,
    calibration: (...args: [number[], number[], number]) => expectedCalibrationError(calibrationBins(...args)),
    rocAuc: (...args: [number[], number[], number]) => meanOverLabels(oneVersusRest(...args), rocAuc, 'macro'),
    oneVersusOne: (...args: [number[], number[], number]) => oneVersusOneRocAuc(...args, 'weighted'),
    top2: (...args: [number[], number[], number]) => topKAccuracy(...args, 2),
  };

  it.each(Object.entries(metrics))(
    '%s does not depend on the order of rows, and leaves out rows without a label',
    (_, metric) => {
      fc.assert(
        fc.property(rows, (all) => {
          const { value, note } = metric(...given(all));
          const other = metric(...given([{ weights: [1, 1, 4], label: -100 }, ...all.toReversed()]));
          expect(other.note).toBe(note);
          if (value !== undefined) expect(other.value).toBeCloseTo(value, 12);
        }),
      );
    },
  );

  it.each(Object.entries(metrics))('%s is undefined without labelled rows, with a note', (_, metric) => {
    expect(metric([], [], 3)).toEqual({ value: undefined, note: 'no-rows' });
    expect(metric([0.2, 0.2, 0.6], [-100], 3)).toEqual({ value: undefined, note: 'no-rows' });
  });

  it('top-k accuracy grows with k from the accuracy to 1', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const [probabilities, labels] = given(all);
        const predictions = argMaxRows(probabilities, LABELS);
        const right = labels.filter((label, row) => label === predictions[row]).length;
        const [one = NaN, two = NaN, three] = [1, 2, 3].map(
          (k) => topKAccuracy(probabilities, labels, LABELS, k).value,
        );
        expect(one).toBeCloseTo(right / labels.length, 12);
        expect(two).toBeGreaterThanOrEqual(one);
        expect(three).toBe(1);
      }),
    );
  });

  it('every row is in the bin that holds its confidence, and the error is the mean gap', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 20 }), (all, bins) => {
        const [probabilities, labels] = given(all);
        const confidences = labels.map((_, row) => Math.max(...probabilities.slice(row * LABELS, (row + 1) * LABELS)));
        const found = calibrationBins(probabilities, labels, LABELS, bins);
        found.forEach(({ low, high, rows: count, confidence }, bin) => {
          const inside = confidences.filter((c) => (c > low || bin === 0) && c <= high);
          expect(count).toBe(inside.length);
          if (count > 0) expect(confidence).toBeCloseTo(inside.reduce((sum, c) => sum + c, 0) / count, 12);
        });
        const { value = NaN } = expectedCalibrationError(found);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('a certain and wrong row costs 36 nats in float64 and 16 in float32, never infinity', () => {
    expect(logLoss([1, 0], [1], 2).value).toBeCloseTo(-Math.log(2 ** -52), 12);
    expect(logLoss(Float32Array.of(1, 0), [1], 2).value).toBeCloseTo(-Math.log(2 ** -23), 12);
  });
});

it('tags that are missing on a row do not count there', () => {
  const scored = [...tagScores([0.9, 0.1, 0.8, 0.3], [1, -100, 0, 1], 2)];
  expect(scored).toEqual([
    { positives: Float64Array.of(0.9), negatives: Float64Array.of(0.8) },
    { positives: Float64Array.of(0.3), negatives: new Float64Array() },
  ]);
});

it.each([
  ['lengths that differ', () => binaryScores([0.1], [1, 0]), 'there are 1 predictions for 2 labels; give 2'],
  ['a matrix of another width', () => logLoss([0.5, 0.5], [0], 3), 'there are 2 predictions for 1 labels; give 1 × 3'],
  ['a label that is none', () => logLoss([0.5, 0.5], [2], 2), 'label 2 of row 0 is not one of 0 to 1'],
  ['a score that is NaN', () => binaryScores([0.1, NaN], [1, 0]), 'the prediction of row 1 is NaN'],
  ['logits', () => logLoss([4, -1], [0], 2), 'row 0 does not hold probabilities'],
  [
    'a row that adds up to less',
    () => brierScore([0.5, 0.5, 0.2, 0.2], [0, 1], 2),
    'row 1 does not hold probabilities',
  ],
  ['a probability that is NaN', () => brierScore([NaN, 0.5], [0], 2), 'row 0 does not hold probabilities'],
  ['no bins', () => calibrationBins([1], [0], 1, 0), '0 bins: it must be an integer from 1'],
  ['k of 0', () => topKAccuracy([1], [0], 1, 0), 'k must be an integer from 1'],
])('%s: an error that says so', (_, call, message) => {
  expect(call).toThrow(message);
});
