import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { relativePositionBucket } from './relative-position.ts';

/** What `MPNetEncoder.relative_position_bucket` of transformers 5.23 gives for −511 … 511 with 32 buckets. */
const recorded: readonly number[] = JSON.parse(
  readFileSync(new URL('../fixtures/relative-position-buckets.json', import.meta.url), 'utf8'),
);

it('relative positions fall into the buckets of MPNet', () => {
  expect(recorded).toHaveLength(1023);
  expect(recorded.map((_, i) => relativePositionBucket(i - 511, 32))).toEqual(recorded);
});

it('with an odd number of buckets there are as many for each direction, as in Python’s whole division', () => {
  const buckets = Array.from({ length: 401 }, (_, i) => relativePositionBucket(i - 200, 9));
  expect(new Set(buckets)).toEqual(new Set([0, 1, 2, 3, 4 + 1, 4 + 2, 4 + 3]));
  expect(buckets).toEqual(Array.from({ length: 401 }, (_, i) => relativePositionBucket(i - 200, 8)));
});
