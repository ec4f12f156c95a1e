import fc from 'fast-check';
import { expect, it } from 'vitest';
import { f1, jaccard } from '../classification/precision-recall-f1.ts';
import { countTags, countTagsByRow } from './count-tags.ts';
import { hammingLoss } from './hamming-loss.ts';
import { coverageError, labelRankingAveragePrecision } from './label-ranking.ts';
import { subsetAccuracy } from './subset-accuracy.ts';

const TAGS = 3;
const bits = fc.array(fc.nat(1), { minLength: TAGS, maxLength: TAGS });
const rows = fc.array(fc.record({ predictions: bits, labels: bits }), { minLength: 1, maxLength: 15 });
type Row = typeof rows extends fc.Arbitrary<(infer T)[]> ? T : never;

function given(all: readonly Row[]): [number[], number[], number] {
  return [all.flatMap(({ predictions }) => predictions), all.flatMap(({ labels }) => labels), TAGS];
}

const METRICS = {
  subsetAccuracy,
  hammingLoss: (...args: [number[], number[], number]) => hammingLoss(countTags(...args)),
  f1Micro: (...args: [number[], number[], number]) => f1(countTags(...args), 'micro'),
  f1Samples: (...args: [number[], number[], number]) => f1(countTagsByRow(...args), 'macro', 'all'),
  jaccardSamples: (...args: [number[], number[], number]) => jaccard(countTagsByRow(...args), 'macro', 'all'),
  labelRankingAveragePrecision,
  coverageError,
};

it.each(Object.entries(METRICS))(
  '%s does not depend on the order of rows, and leaves out rows without a known tag',
  (_, metric) => {
    fc.assert(
      fc.property(rows, (all) => {
        const { value = NaN } = metric(...given(all));
        const more = [{ predictions: [1, 0, 1], labels: [-100, NaN, -1] }, ...all.toReversed()];
        expect(metric(...given(more)).value).toBeCloseTo(value, 12);
      }),
    );
  },
);

it.each(Object.entries(METRICS))('%s of no rows is undefined, with a note', (_, metric) => {
  expect(metric([], [], TAGS)).toEqual({ value: undefined, note: 'no-rows' });
});

it.each(Object.entries(METRICS))(
  '%s takes a row whose other tags are missing for a row with fewer tags',
  (_, metric) => {
    const partly = metric([1, 0, 1, 1], [1, 1, -100, -100], 4);
    expect(partly).toEqual(metric([1, 0], [1, 1], 2));
  },
);

it('the share of wrong tags and of rows that are all right is what counting gives', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const wrong = all.map(({ predictions, labels }) => labels.filter((label, i) => label !== predictions[i]).length);
      const tags = all.length * TAGS;
      expect(hammingLoss(countTags(...given(all))).value).toBeCloseTo(wrong.reduce((sum, n) => sum + n, 0) / tags, 12);
      expect(subsetAccuracy(...given(all)).value).toBeCloseTo(wrong.filter((n) => n === 0).length / all.length, 12);
    }),
  );
});

it.each([
  [
    'a tag of 2',
    () => countTags([0], [2], 1),
    'label 2 of row 0 is not one of 0 to 1; a missing label is a negative number',
  ],
  ['a prediction between', () => countTags([0, 0.5], [1, 1], 1), 'prediction 0.5 of row 1 is not one of 0 to 1'],
  ['lengths that differ', () => countTagsByRow([0], [1, 1], 1), 'there are 1 predictions for 2 labels'],
  ['a score that is NaN', () => coverageError([NaN], [1], 1), 'the prediction of row 0 is NaN'],
])('%s: an error that says so', (_, call, message) => {
  expect(call).toThrow(message);
});
