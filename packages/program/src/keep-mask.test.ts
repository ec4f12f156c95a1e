import { describe, expect, it } from 'vitest';
import { avalanche, dropoutKey, keepMask } from './keep-mask.ts';

// Statistics of fixed keys: nothing here is random, so a bound of five standard deviations is met today and for ever.

const ROWS = 512;
const COLUMNS = 384;
const ELEMENTS = ROWS * COLUMNS;
const RATES = [0.1, 0.5, 0.9];
const SIGMAS = 5;

const RECORDED_KEY = [-492723051, -1125344487];
const RECORDED_MASK = '1011111111000111110101101111011111110001111111111111011001111100';

/** A mask as deviations from its expected share of ones, in standard deviations of one element. */
function standardised(seed: number, step: number, rate: number, site: number): Float64Array {
  const mask = keepMask(dropoutKey(seed, step), ROWS, COLUMNS, rate, site);
  const [mean, deviation] = [1 - rate, Math.sqrt(rate * (1 - rate))];
  return Float64Array.from(mask, (bit) => (bit - mean) / deviation);
}

/** Σ over n independent products of standardised elements, in its own standard deviations. */
const significance = (total: number, count: number): number => Math.abs(total) / Math.sqrt(count);

function correlation(a: Float64Array, b: Float64Array, shift = 0): number {
  let total = 0;
  for (let i = 0; i + shift < a.length; i++) total += (a[i] ?? 0) * (b[i + shift] ?? 0);
  return significance(total, a.length - shift);
}

/** The variance of group sums over what independent elements would give, less 1, in its standard deviations. */
function excessVariance(sums: readonly number[], size: number): number {
  const ratio = sums.reduce((total, sum) => total + sum ** 2, 0) / sums.length / size;
  return Math.abs(ratio - 1) / Math.sqrt(2 / sums.length);
}

const rowSums = (x: Float64Array): number[] =>
  Array.from({ length: ROWS }, (_, i) => x.subarray(i * COLUMNS, (i + 1) * COLUMNS).reduce((a, b) => a + b, 0));

const columnSums = (x: Float64Array): number[] =>
  Array.from({ length: COLUMNS }, (_, j) => {
    let total = 0;
    for (let i = 0; i < ROWS; i++) total += x[i * COLUMNS + j] ?? 0;
    return total;
  });

describe('keepMask', () => {
  it.each(RATES)('keeps 1 - rate of the elements at rate %f, at every site and step', (rate) => {
    for (const [step, site] of [
      [0, 0],
      [1, 0],
      [2, 1],
      [1000, 73],
    ] as const) {
      const total = standardised(42, step, rate, site).reduce((a, b) => a + b, 0);
      expect(significance(total, ELEMENTS)).toBeLessThan(SIGMAS);
    }
  });

  it('keeps all at rate 0 and nearly none at a rate near 1', () => {
    expect(keepMask(dropoutKey(1, 1), 64, 64, 0, 3).every((bit) => bit === 1)).toBe(true);
    const kept = keepMask(dropoutKey(1, 1), 64, 64, 0.999, 3).reduce((a, b) => a + b, 0);
    expect(kept).toBeLessThan(20);
  });

  it.each(RATES)('has rows and columns that vary as independent elements make them, at rate %f', (rate) => {
    const x = standardised(42, 3, rate, 5);
    expect(excessVariance(rowSums(x), COLUMNS)).toBeLessThan(SIGMAS);
    expect(excessVariance(columnSums(x), ROWS)).toBeLessThan(SIGMAS);
  });

  it.each(RATES)('has no correlation with itself at any small distance, at rate %f', (rate) => {
    const x = standardised(42, 4, rate, 6);
    for (const shift of [1, 2, 3, 4, 8, 64, COLUMNS - 1, COLUMNS, COLUMNS + 1, 2 * COLUMNS]) {
      expect(correlation(x, x, shift), `distance ${shift}`).toBeLessThan(SIGMAS);
    }
  });

  it.each(RATES)('has no correlation among the four corners of rectangles, at rate %f', (rate) => {
    // Rows times columns is the form of the hash, so rectangles are where it would show.
    const x = standardised(42, 5, rate, 7);
    for (const [down, right] of [
      [1, 1],
      [1, 2],
      [2, 1],
      [7, 5],
      [64, 128],
    ] as const) {
      let [total, count] = [0, 0];
      for (let i = 0; i + down < ROWS; i++) {
        for (let j = 0; j + right < COLUMNS; j++, count++) {
          const [a, b] = [i * COLUMNS + j, (i + down) * COLUMNS + j];
          total += (x[a] ?? 0) * (x[a + right] ?? 0) * (x[b] ?? 0) * (x[b + right] ?? 0);
        }
      }
      expect(significance(total, count), `${down} × ${right}`).toBeLessThan(SIGMAS);
    }
  });

  it('is independent between sites, steps and seeds', () => {
    const masks = [
      [42, 0, 0],
      [42, 0, 1],
      [42, 0, 2],
      [42, 1, 0],
      [42, 2, 0],
      [43, 0, 0],
      [0, 0, 0],
    ] as const;
    const standard = masks.map(([seed, step, site]) => standardised(seed, step, 0.1, site));
    for (const [i, a] of standard.entries()) {
      for (const [j, b] of standard.entries()) {
        if (j > i) expect(correlation(a, b), `${masks[i]?.join()} and ${masks[j]?.join()}`).toBeLessThan(SIGMAS);
      }
    }
  });

  it('never repeats a row, nor gives the same row hashes to columns', () => {
    const key = dropoutKey(42, 6);
    const mask = keepMask(key, ROWS, COLUMNS, 0.5, 8);
    const rows = Array.from({ length: ROWS }, (_, i) => mask.subarray(i * COLUMNS, (i + 1) * COLUMNS).join(''));
    expect(new Set(rows).size).toBe(ROWS);
    const square = keepMask(Int32Array.of(7, 7), 128, 128, 0.5, 8);
    const transposed = Uint8Array.from(square, (_, at) => square[(at % 128) * 128 + Math.floor(at / 128)] ?? 0);
    const agreement = square.reduce((total, bit, at) => total + (bit === transposed[at] ? 1 : -1), 0);
    // Mirrored pairs count twice, and the diagonal always agrees.
    expect(Math.abs(agreement - 128) / 2 / Math.sqrt((128 * 127) / 2)).toBeLessThan(SIGMAS);
  });

  it('depends on the position alone: a longer mask begins with the shorter one', () => {
    const key = dropoutKey(42, 7);
    expect(keepMask(key, 9, 33, 0.3, 2).subarray(0, 5 * 33)).toEqual(keepMask(key, 5, 33, 0.3, 2));
  });

  it('never changes: recorded masks stay as they are, so that old runs can be resumed', () => {
    expect([...dropoutKey(42, 7)]).toEqual(RECORDED_KEY);
    expect(keepMask(dropoutKey(42, 7), 4, 16, 0.25, 3).join('')).toBe(RECORDED_MASK);
  });
});

describe('avalanche', () => {
  it('changes half of its bits, on average, for any one bit that changes', () => {
    for (let bit = 0; bit < 32; bit++) {
      let flips = 0;
      for (let x = 0; x < 2000; x++) {
        const changed = (avalanche(x) ^ avalanche(x ^ (1 << bit))) >>> 0;
        flips += changed.toString(2).replaceAll('0', '').length;
      }
      expect(Math.abs(flips / 2000 - 16), `bit ${bit}`).toBeLessThan(0.7);
    }
  });

  it('gives different words different hashes', () => {
    expect(new Set(Array.from({ length: 100_000 }, (_, i) => avalanche(i))).size).toBe(100_000);
  });
});
