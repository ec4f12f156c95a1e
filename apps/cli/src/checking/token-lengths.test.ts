import type { Row } from '@sentence-mtl/data';
import { readSentenceModelConfig, sentenceTokenizer } from '@sentence-mtl/model';
import { expect, test } from 'vitest';
import { TINY_MODEL } from '../run-built-program.test.support.ts';
import { TokenLengthSampler } from './token-lengths.ts';

const { config } = await readSentenceModelConfig(TINY_MODEL);
const textOf = (words: number): string =>
  Array.from({ length: words }, (_, i) => (i % 2 === 0 ? 'good' : 'day')).join(' ');
const rowOf = (text: string): Row => ({ kind: 'text', file: 'f', line: 1, text, labels: {}, columns: {} });

test('lengths are those of the tokenizer without a limit', () => {
  const sampler = new TokenLengthSampler(config, 128, 42);
  const texts = Array.from({ length: 101 }, (_, words) => textOf(words));
  for (const text of texts) sampler.add(rowOf(text));
  const whole = sentenceTokenizer({ ...config, maximumLength: 100_000 });
  const lengths = whole.encode(texts).map(({ ids }) => ids.length);
  const sorted = lengths.toSorted((a, b) => a - b);
  expect(config.maximumLength).toBe(24);
  expect(sampler.report()).toEqual({
    sampled: 101,
    isExact: true,
    median: sorted[50],
    percentile95: sorted[95],
    longest: sorted[100],
    limit: 24,
    cut: lengths.filter((length) => length > 24).length,
    longestBytes: Buffer.byteLength(textOf(100)),
  });
});

test('a sample is of all rows alike, and the same for the same seed', () => {
  const share = (seed: number): number => {
    const sampler = new TokenLengthSampler(config, 12, seed, 400);
    // Every second text is longer than 12 tokens.
    for (let row = 0; row < 4000; row++) sampler.add(rowOf(textOf(row % 2 === 0 ? 3 : 30)));
    const report = sampler.report();
    expect([report?.sampled, report?.isExact]).toEqual([400, false]);
    return report?.cut ?? NaN;
  };
  expect(share(1)).toBe(share(1));
  // 200 are expected, with a deviation of 9.5.
  for (const seed of [1, 2, 3]) expect(Math.abs(share(seed) - 200)).toBeLessThan(48);
});

test('pairs have two texts; without any there is nothing to say', () => {
  const sampler = new TokenLengthSampler(config, 128, 42);
  expect(sampler.report()).toBeUndefined();
  sampler.add({
    kind: 'pair',
    file: 'f',
    line: 1,
    textA: 'good',
    textB: 'good day',
    score: null,
    labels: {},
    columns: {},
  });
  expect(sampler.report()?.sampled).toBe(2);
});
