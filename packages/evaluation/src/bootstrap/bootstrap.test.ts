import { Random } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import { bootstrapDifference } from './difference.ts';
import { bootstrapInterval, quantile } from './interval.ts';
import type { Statistic } from './resample.ts';

const random = Random.of(42).split('bootstrap');

function meanOf(values: ArrayLike<number>): Statistic {
  return (rows) => rows.reduce((sum, row) => sum + (values[row] ?? NaN), 0) / rows.length;
}

function normals(label: number, count: number): Float32Array {
  const values = new Float32Array(count);
  Random.of(7).split('sample', label).fillNormal(values);
  return values;
}

describe('quantile', () => {
  // numpy.quantile([1, 2, 4, 8], q)
  it.each([
    [0, 1],
    [0.1, 1.3],
    [0.5, 3],
    [0.975, 7.7],
    [1, 8],
  ])('of a share of %d lies between neighbours as in numpy', (share, expected) => {
    expect(quantile([1, 2, 4, 8], share)).toBeCloseTo(expected, 12);
  });
});

describe('bootstrapInterval', () => {
  it('is a function of the seed alone', () => {
    const values = normals(0, 50);
    const again = bootstrapInterval(50, meanOf(values), { random: Random.of(42).split('bootstrap') });
    expect(bootstrapInterval(50, meanOf(values), { random })).toEqual(again);
    const other = bootstrapInterval(50, meanOf(values), { random: random.split('other') });
    expect(other.low).not.toBe(again.low);
  });

  it('is as wide as the normal distribution has it for a mean of many rows', () => {
    const { low = NaN, high = NaN } = bootstrapInterval(2000, meanOf(normals(1, 2000)), { random, resamples: 2000 });
    expect((high - low) / ((2 * 1.96) / Math.sqrt(2000))).toBeCloseTo(1, 1);
  });

  it('holds the true mean as often as it says', () => {
    const samples = Array.from({ length: 300 }, (_, sample) => normals(sample, 40));
    const held = samples.filter((values, sample) => {
      const options = { random: random.split(sample), resamples: 300, confidence: 0.9 };
      const { low = NaN, high = NaN } = bootstrapInterval(values.length, meanOf(values), options);
      return low <= 0 && 0 <= high;
    });
    // 90 % of 300 is 270 with a standard deviation of 5; the percentile interval of 40 rows is a little narrow.
    expect(held.length).toBeGreaterThan(250);
    expect(held.length).toBeLessThan(286);
  });

  it('says when rows or resamples are too few', () => {
    expect(bootstrapInterval(0, () => 1, { random })).toEqual({
      low: undefined,
      high: undefined,
      confidence: 0.95,
      resamples: 0,
      note: 'no-rows',
    });
    expect(bootstrapInterval(1, () => 1, { random, resamples: 5 })).toEqual({
      low: 1,
      high: 1,
      confidence: 0.95,
      resamples: 5,
      note: 'one-row',
    });
    const sometimes: Statistic = (rows) => (rows[0] === 0 ? undefined : 1);
    const { resamples, note } = bootstrapInterval(3, sometimes, { random, resamples: 100 });
    expect([resamples < 100, resamples > 0, note]).toEqual([true, true, 'resamples-left-out']);
  });

  it.each([
    [{ random, resamples: 0 }, '0 resamples: it must be an integer from 1'],
    [{ random, confidence: 95 }, 'a confidence of 95: it must be between 0 and 1'],
  ])('refuses options out of range', (options, message) => {
    expect(() => bootstrapInterval(3, () => 1, options)).toThrow(message);
  });
});

describe('bootstrapDifference', () => {
  it('sees through what rows have in common: a small constant advantage is certain', () => {
    const values = normals(2, 100);
    const better = values.map((value) => value + 0.01);
    const paired = bootstrapDifference(100, meanOf(better), meanOf(values), { random });
    expect(paired.low).toBeCloseTo(0.01, 6);
    expect(paired.high).toBeCloseTo(0.01, 6);
    expect(paired.greater).toBe(1);
  });

  it('of a thing and itself is 0, greater half the time', () => {
    const values = normals(3, 20);
    expect(bootstrapDifference(20, meanOf(values), meanOf(values), { random })).toMatchObject({
      low: 0,
      high: 0,
      greater: 0.5,
    });
    expect(
      bootstrapDifference(
        0,
        () => 1,
        () => 1,
        { random },
      ).greater,
    ).toBeUndefined();
  });

  it('turns round with its order', () => {
    const [a, b] = [meanOf(normals(4, 30)), meanOf(normals(5, 30))];
    const [there, back] = [bootstrapDifference(30, a, b, { random }), bootstrapDifference(30, b, a, { random })];
    expect(there.low).toBeCloseTo(-(back.high ?? NaN), 12);
    expect(there.greater).toBeCloseTo(1 - (back.greater ?? NaN), 12);
  });
});
