import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ArgumentError } from '@sentence-mtl/core';
import { batchesByLength } from './batches-by-length.ts';

test('the longest rows come first, and equal ones in their order', () => {
  const { batches, paddingFraction } = batchesByLength([3, 9, 3, 5], { batchSize: 2 });
  expect(batches).toEqual([
    [1, 3],
    [0, 2],
  ]);
  expect(paddingFraction).toBeCloseTo(4 / 24);
});

test('every row is in one batch, and no batch of several rows is over the budget', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(300)), fc.integer({ min: 1, max: 2000 }), (lengths, tokenBudget) => {
      const { batches, paddingFraction } = batchesByLength(lengths, { tokenBudget });
      expect(batches.flat().toSorted((a, b) => a - b)).toEqual(lengths.map((_, row) => row));
      for (const rows of batches) {
        const width = Math.max(...rows.map((row) => lengths[row] ?? 0));
        expect(rows.length === 1 || rows.length * width <= tokenBudget).toBe(true);
      }
      expect(paddingFraction).toBeGreaterThanOrEqual(0);
      expect(paddingFraction).toBeLessThanOrEqual(1);
    }),
  );
});

test('a limit that is no count is an error', () => {
  expect(() => batchesByLength([1], { batchSize: 0 })).toThrow(ArgumentError);
  expect(() => batchesByLength([1], { tokenBudget: 1.5 })).toThrow(/tokenBudget is 1.5/);
});
