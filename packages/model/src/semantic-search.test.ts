import { ArgumentError } from '@sentence-mtl/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { semanticSearch } from './semantic-search.ts';
import { similarity, type Matrix, type SimilarityMeasure } from './similarity.ts';

// Few values, so that scores are often equal.
const matrices = (rows: number): fc.Arbitrary<Matrix> =>
  fc
    .array(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 })), { maxLength: rows })
    .map((all) => ({
      shape: [all.length, 2] as const,
      data: Float32Array.from(all.flat()),
    }));

test('a search finds what sorting all similarities finds, earlier rows first among equals', () => {
  const measures = fc.constantFrom<SimilarityMeasure>('cosine', 'dot', 'euclidean', 'manhattan');
  fc.assert(
    fc.property(matrices(4), matrices(12), fc.integer({ min: 1, max: 14 }), measures, (queries, corpus, k, measure) => {
      const scores = similarity(queries, corpus, measure);
      const expected = Array.from({ length: queries.shape[0] }, (_, query) =>
        [...scores.data.subarray(query * corpus.shape[0], (query + 1) * corpus.shape[0])]
          .map((score, row) => ({ row, score }))
          .toSorted((x, y) => y.score - x.score || x.row - y.row)
          .slice(0, k)
          .map(({ row }) => row),
      );
      const found = semanticSearch(queries, corpus, k, { measure });
      expect(found.map((hits) => hits.map(({ row }) => row))).toEqual(expected);
    }),
  );
});

test('equal scores stand in the order of the rows', () => {
  const same = { shape: [4, 1] as const, data: Float32Array.of(1, 2, 2, 2) };
  const [hits] = semanticSearch({ shape: [1, 1], data: Float32Array.of(1) }, same, 3, { measure: 'dot' });
  expect(hits).toEqual([1, 2, 3].map((row) => ({ row, score: 2 })));
});

test('a row that is no number is never found', () => {
  const corpus = { shape: [2, 1] as const, data: Float32Array.of(Number.NaN, 1) };
  expect(semanticSearch({ shape: [1, 1], data: Float32Array.of(1) }, corpus, 5)).toEqual([[{ row: 1, score: 1 }]]);
});

test.each([0, -1, 1.5, Number.NaN])('k = %d is refused', (k) => {
  const one = { shape: [1, 1] as const, data: Float32Array.of(1) };
  expect(() => semanticSearch(one, one, k)).toThrow(ArgumentError);
});
