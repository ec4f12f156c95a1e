import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankDocuments } from './rank-documents.ts';
import {
  hitRateAt,
  meanAveragePrecisionAt,
  meanReciprocalRankAt,
  ndcgAt,
  precisionAt,
  recallAt,
  type QueryResult,
} from './retrieval-metrics.ts';

const DOCUMENTS = 12;
const query = fc.record({
  ranked: fc.shuffledSubarray(
    Array.from({ length: DOCUMENTS }, (_, i) => i),
    { minLength: DOCUMENTS },
  ),
  relevant: fc
    .subarray(
      Array.from({ length: DOCUMENTS }, (_, i) => i),
      { minLength: 1 },
    )
    .map((all) => new Set(all)),
});
const queries = fc.array(query, { minLength: 1, maxLength: 6 });

const METRICS = { hitRateAt, precisionAt, recallAt, meanReciprocalRankAt, meanAveragePrecisionAt, ndcgAt };

describe.each(Object.entries(METRICS))('%s', (name, metric) => {
  it('lies from 0 to 1, does not depend on the order of queries, and leaves out those without an answer', () => {
    fc.assert(
      fc.property(queries, fc.integer({ min: 1, max: 20 }), (given, k) => {
        const { value = NaN } = metric(given, k);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        const more = metric([{ ranked: [0], relevant: new Set() }, ...given.toReversed()], k);
        expect(more.value).toBeCloseTo(value, 12);
        expect(more.note).toBe('queries-left-out');
      }),
    );
  });

  it('is 1 when the relevant documents come first, but for precision beyond their number', () => {
    fc.assert(
      fc.property(query, fc.integer({ min: 1, max: DOCUMENTS }), ({ ranked, relevant }, k) => {
        const best = [...ranked].sort((a, b) => Number(relevant.has(b)) - Number(relevant.has(a)));
        const share = {
          precisionAt: Math.min(k, relevant.size) / k,
          recallAt: Math.min(k, relevant.size) / relevant.size,
        };
        const expected = name in share ? share[name as keyof typeof share] : 1;
        expect(metric([{ ranked: best, relevant }], k).value).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('is undefined without queries, and refuses k of 0', () => {
    expect(metric([], 10)).toEqual({ value: undefined, note: 'no-rows' });
    expect(() => metric([], 0)).toThrow('k must be an integer from 1');
  });
});

it('agrees with the definitions on a worked example', () => {
  const results: readonly QueryResult[] = [{ ranked: [7, 3, 9, 4], relevant: new Set([3, 4, 5]) }];
  expect(hitRateAt(results, 1).value).toBe(0);
  expect(precisionAt(results, 4).value).toBe(2 / 4);
  expect(recallAt(results, 4).value).toBe(2 / 3);
  expect(meanReciprocalRankAt(results, 4).value).toBe(1 / 2);
  expect(meanAveragePrecisionAt(results, 4).value).toBeCloseTo((1 / 2 + 2 / 4) / 3, 12);
  const ideal = 1 + 1 / Math.log2(3) + 1 / 2;
  expect(ndcgAt(results, 4).value).toBeCloseTo((1 / Math.log2(3) + 1 / Math.log2(5)) / ideal, 12);
});

it('ranks equal scores by number and refuses a score that is NaN', () => {
  expect([...rankDocuments([1, 3, 3, 2], 3)]).toEqual([1, 2, 3]);
  expect(() => rankDocuments([1, NaN])).toThrow('the prediction of row 1 is NaN');
});
