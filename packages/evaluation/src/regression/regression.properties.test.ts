import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kendall, pearson, spearman } from './correlation.ts';
import { maxError, meanAbsoluteError, meanSquaredError, rootMeanSquaredError } from './errors.ts';
import { explainedVariance, r2 } from './explained.ts';
import { numberPairs, type NumberPairs } from './number-pairs.ts';

/** Pairs with ties, two distinct labels and two distinct predictions at least. */
const pairs = fc
  .array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 })), { minLength: 2, maxLength: 25 })
  .filter((all) => new Set(all.map(([a]) => a)).size > 1 && new Set(all.map(([, b]) => b)).size > 1)
  .map((all) =>
    numberPairs(
      all.map(([a]) => a),
      all.map(([, b]) => b),
    ),
  );

const turned = ({ predictions, labels }: NumberPairs): NumberPairs => ({ predictions: labels, labels: predictions });

function mapped({ predictions, labels }: NumberPairs, change: (value: number) => number): NumberPairs {
  return { predictions: predictions.map(change), labels };
}

describe.each(Object.entries({ pearson, spearman, kendall }))('%s', (name, metric) => {
  it('is the same both ways round, in any order of rows, and turns its sign with the predictions', () => {
    fc.assert(
      fc.property(pairs, (given) => {
        const { value = NaN } = metric(given);
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
        const reversed = { predictions: given.predictions.toReversed(), labels: given.labels.toReversed() };
        for (const same of [turned(given), reversed, mapped(given, (x) => 3 * x + 7)]) {
          expect(metric(same).value).toBeCloseTo(value, 12);
        }
        expect(metric(mapped(given, (x) => -x)).value).toBeCloseTo(-value, 12);
      }),
    );
  });

  it('is 1 for the truth itself, and of ranks for any change that keeps the order', () => {
    fc.assert(
      fc.property(pairs, (given) => {
        expect(metric({ predictions: given.labels, labels: given.labels }).value).toBeCloseTo(1, 12);
        if (name === 'pearson') return;
        expect(metric(mapped(given, (x) => x ** 3)).value).toBeCloseTo(metric(given).value ?? NaN, 12);
      }),
    );
  });
});

it('Kendall is what counting all pairs gives', () => {
  fc.assert(
    fc.property(pairs, ({ predictions, labels }) => {
      let [difference, untiedPredictions, untiedLabels] = [0, 0, 0];
      for (let i = 0; i < labels.length; i++) {
        for (let j = 0; j < i; j++) {
          const a = Math.sign((predictions[i] ?? 0) - (predictions[j] ?? 0));
          const b = Math.sign((labels[i] ?? 0) - (labels[j] ?? 0));
          [difference, untiedPredictions, untiedLabels] = [
            difference + a * b,
            untiedPredictions + a * a,
            untiedLabels + b * b,
          ];
        }
      }
      expect(kendall({ predictions, labels }).value).toBeCloseTo(
        difference / Math.sqrt(untiedPredictions * untiedLabels),
        12,
      );
    }),
  );
});

it('Spearman ranks ties by counting those below and those equal', () => {
  const ranks = (values: Float64Array): Float64Array =>
    values.map(
      (value) =>
        values.filter((other) => other < value).length + (values.filter((other) => other === value).length + 1) / 2,
    );
  fc.assert(
    fc.property(pairs, ({ predictions, labels }) => {
      const expected = pearson({ predictions: ranks(predictions), labels: ranks(labels) }).value ?? NaN;
      expect(spearman({ predictions, labels }).value).toBeCloseTo(expected, 12);
    }),
  );
});

it('errors are in order, and R² is 0 for the mean, at most 1, and never above the explained variance', () => {
  fc.assert(
    fc.property(pairs, (given) => {
      const [absolute = NaN, root = NaN, largest = NaN] = [meanAbsoluteError, rootMeanSquaredError, maxError].map(
        (of) => of(given).value,
      );
      expect(absolute).toBeLessThanOrEqual(root + 1e-12);
      expect(root).toBeLessThanOrEqual(largest + 1e-12);
      expect(root ** 2).toBeCloseTo(meanSquaredError(given).value ?? NaN, 10);
      const mean = given.labels.reduce((sum, value) => sum + value, 0) / given.labels.length;
      expect(r2(mapped(given, () => mean)).value).toBeCloseTo(0, 12);
      expect(r2(given).value).toBeLessThanOrEqual((explainedVariance(given).value ?? NaN) + 1e-12);
    }),
  );
});

it('correlations neither overflow nor vanish at the ends of the numbers', () => {
  for (const scale of [1e-200, 1e200]) {
    const given = numberPairs([scale, 2 * scale, 4 * scale], [1, 2, 3]);
    expect(pearson(given).value).toBeCloseTo(pearson(numberPairs([1, 2, 4], [1, 2, 3])).value ?? NaN, 12);
  }
});

it.each([
  ['no rows', [], [], 'no-rows', undefined],
  ['one row', [1], [2], 'one-row', undefined],
  ['constant labels', [1, 2], [3, 3], 'constant-labels', undefined],
  ['constant predictions', [3, 3], [1, 2], 'constant-predictions', 0],
])('correlations of %s have a note', (_, predictions, labels, note, value) => {
  for (const metric of [pearson, spearman, kendall])
    expect(metric(numberPairs(predictions, labels))).toEqual({ value, note });
});

it('an infinite label is refused', () => {
  expect(() => numberPairs([1], [Infinity])).toThrow('the label of row 0 is Infinity, not finite');
});
