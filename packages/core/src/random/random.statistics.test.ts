/**
 * Statistical tests at fixed seeds: a test statistic beyond its bound would happen by chance once in about 10 000
 * honest generators, and never changes from run to run.
 */
import { describe, expect, test } from 'vitest';
import { normalQuantile } from './normal-quantile.ts';
import { Random } from './random.ts';

const SIGMA = -normalQuantile(0.5e-4);

/** Chi-square of counts against expected ones, as a standard normal (Wilson and Hilferty). */
function chiSquareDeviation(counts: readonly number[], expected: (cell: number) => number): number {
  const freedom = counts.length - 1;
  const chiSquare = counts.reduce((sum, count, cell) => sum + (count - expected(cell)) ** 2 / expected(cell), 0);
  return (Math.cbrt(chiSquare / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
}

function tally(cells: number, samples: number, draw: (sample: number) => number): number[] {
  const counts = Array.from({ length: cells }, () => 0);
  for (let i = 0; i < samples; i++) {
    const cell = draw(i);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

function expectUniform(cells: number, samples: number, draw: (sample: number) => number): void {
  expect(Math.abs(chiSquareDeviation(tally(cells, samples, draw), () => samples / cells))).toBeLessThan(SIGMA);
}

/** The correlation of two samples times √n: a standard normal when they are independent. */
function correlationDeviation(a: Float32Array, b: Float32Array): number {
  const mean = (x: Float32Array): number => x.reduce((sum, value) => sum + value, 0) / x.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    const [x, y] = [value - meanA, (b[i] ?? 0) - meanB];
    [ab, aa, bb] = [ab + x * y, aa + x * x, bb + y * y];
  });
  return (ab / Math.sqrt(aa * bb)) * Math.sqrt(a.length);
}

function uniforms(random: Random, count: number): Float32Array {
  const sample = new Float32Array(count);
  random.fillUniform(sample);
  return sample;
}

describe('one stream', () => {
  const random = Random.of(2026).split('statistics');

  test('uniform draws fill 256 cells evenly, by their upper and by their lower bits', () => {
    const sample = random.split('cells');
    expectUniform(256, 100_000, () => Math.floor(sample.uniform() * 256));
    expectUniform(256, 100_000, () => Math.floor(sample.uniform() * 2 ** 40) % 256);
  });

  test('pairs of neighbouring draws fill the square evenly', () => {
    const sample = random.split('pairs');
    expectUniform(400, 100_000, () => Math.floor(sample.uniform() * 20) * 20 + Math.floor(sample.uniform() * 20));
  });

  test.each([1, 2, 3, 4, 7, 64])('draws %d apart are not correlated', (lag) => {
    const sample = uniforms(random.split('lags'), 100_000);
    const deviation = correlationDeviation(sample.subarray(lag), sample.subarray(0, sample.length - lag));
    expect(Math.abs(deviation)).toBeLessThan(SIGMA);
  });

  test('uniform draws have mean 1/2 and variance 1/12', () => {
    const sample = uniforms(random.split('moments'), 200_000);
    const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
    const variance = sample.reduce((sum, x) => sum + (x - 0.5) ** 2, 0) / sample.length;
    expect(Math.abs(mean - 0.5) * Math.sqrt(12 * sample.length)).toBeLessThan(SIGMA);
    expect(Math.abs(variance - 1 / 12) * Math.sqrt(180 * sample.length)).toBeLessThan(SIGMA);
  });

  test('a fill stays inside its bounds and reaches near both', () => {
    const sample = new Float32Array(10_000);
    random.split('bounds').fillUniform(sample, -3, 5);
    expect(Math.min(...sample)).toBeGreaterThanOrEqual(-3);
    expect(Math.min(...sample)).toBeLessThan(-2.99);
    expect(Math.max(...sample)).toBeLessThanOrEqual(5);
    expect(Math.max(...sample)).toBeGreaterThan(4.99);
  });
});

describe('normal draws', () => {
  const edges = Array.from({ length: 99 }, (_, i) => normalQuantile((i + 1) / 100));
  const cellOf = (x: number): number => edges.filter((edge) => edge < x).length;

  test('fall into the hundred percentiles evenly, drawn or filled', () => {
    const random = Random.of(11).split('normal');
    expectUniform(100, 50_000, () => cellOf(random.normal()));
    const sample = new Float32Array(50_000);
    random.split('fill').fillNormal(sample, 2, 3);
    expectUniform(100, sample.length, (i) => cellOf(((sample[i] ?? 0) - 2) / 3));
  });

  test('have the mean, variance and fourth moment of the normal distribution', () => {
    const sample = new Float32Array(200_000);
    Random.of(12).fillNormal(sample);
    const moment = (k: number): number => sample.reduce((sum, x) => sum + x ** k, 0) / sample.length;
    const root = Math.sqrt(sample.length);
    expect(Math.abs(moment(1)) * root).toBeLessThan(SIGMA);
    expect(Math.abs(moment(2) - 1) * (root / Math.sqrt(2))).toBeLessThan(SIGMA);
    expect(Math.abs(moment(4) - 3) * (root / Math.sqrt(96))).toBeLessThan(SIGMA);
  });
});

describe('integers and orders', () => {
  test('integers are even over ranges that do not divide 2³²', () => {
    const random = Random.of(13);
    expectUniform(7, 70_000, () => random.integer(7));
    // Without rejection the lower third of this range would be drawn twice as often.
    expectUniform(3, 60_000, () => Math.floor(random.integer(3 * 2 ** 30) / 2 ** 30));
  });

  test('all 120 orders of five are equally likely', () => {
    const root = Random.of(14).split('permutation');
    const index = new Map<string, number>();
    const cellOf = (order: Uint32Array): number => {
      const key = order.join();
      if (!index.has(key)) index.set(key, index.size);
      return index.get(key) ?? 0;
    };
    expectUniform(120, 60_000, (i) => cellOf(root.split(i).permutation(5)));
    expect(index.size).toBe(120);
  });

  test('all 20 ordered choices of two in five are equally likely', () => {
    const random = Random.of(15);
    const cell = ([a = 0, b = 0]: Uint32Array): number => a * 4 + (b > a ? b - 1 : b);
    expectUniform(20, 40_000, () => cell(random.choice(5, 2)));
  });

  test('a weighted choice falls in proportion to the weights', () => {
    const random = Random.of(16);
    const weights = [1, 2, 3, 4];
    const counts = tally(4, 50_000, () => random.weightedChoice(weights));
    expect(Math.abs(chiSquareDeviation(counts, (cell) => 5_000 * (weights[cell] ?? 0)))).toBeLessThan(SIGMA);
  });
});

describe('many streams', () => {
  const root = Random.of(17);

  test('first draws of neighbouring steps, and of neighbouring seeds, are evenly spread', () => {
    expectUniform(64, 50_000, (step) => Math.floor(root.split('dropout', step).uniform() * 64));
    expectUniform(64, 50_000, (seed) => Math.floor(Random.of(seed).uniform() * 64));
  });

  test.each([
    ['a parent and its child', root, root.split('child')],
    ['neighbouring numbers', root.split(1), root.split(2)],
    ['neighbouring seeds', Random.of(1), Random.of(2)],
    ['similar names', root.split('mask'), root.split('masks')],
  ])('%s are not correlated', (_, a, b) => {
    expect(Math.abs(correlationDeviation(uniforms(a, 100_000), uniforms(b, 100_000)))).toBeLessThan(SIGMA);
  });
});
