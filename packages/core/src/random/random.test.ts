import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../errors.ts';
import { Random } from './random.ts';

const draws = (random: Random, count = 8): number[] => Array.from({ length: count }, () => random.uniform());

describe('streams', () => {
  test('a stream is a pure function of its seed and labels, whatever was drawn before', () => {
    const used = Random.of(42);
    draws(used, 5);
    expect(draws(used.split('shuffle', 3))).toEqual(draws(Random.of(42).split('shuffle').split(3)));
  });

  test('different seeds, labels and orders of labels give different streams', () => {
    const root = Random.of(1);
    const streams = [
      root,
      Random.of(2),
      Random.of(2 ** 32 + 1),
      root.split('a'),
      root.split('b'),
      root.split('a', 'b'),
      root.split('b', 'a'),
      root.split('ab'),
      root.split(0),
      root.split(1),
      root.split('0'),
      root.split(''),
      root.split(2 ** 32),
      root.split('a', 0),
      root.split(97),
      root.split('aa'),
    ];
    expect(new Set(streams.map((stream) => stream.uniform())).size).toBe(streams.length);
  });

  test('a fill gives the same whatever the length of the array', () => {
    const long = new Float32Array(11);
    const short = new Float32Array(6);
    Random.of(7).fillNormal(long);
    Random.of(7).fillNormal(short);
    expect(long.subarray(0, 6)).toEqual(short);
  });

  test('draws are the same for ever: saved runs resume with them', () => {
    const random = Random.of(42).split('recorded');
    const fill = new Float32Array(2);
    Random.of(42).split('recorded').fillNormal(fill);
    expect([random.uniform(), random.normal(), random.integer(1000)]).toEqual([
      0.8516370419394184, -0.9286072116427144, 369,
    ]);
    expect(fill).toEqual(Float32Array.of(1.0434802770614624, 1.0353593826293945));
    expect([...random.permutation(6)]).toEqual([3, 1, 5, 0, 4, 2]);
    expect([...random.choice(100, 3), random.weightedChoice([1, 2, 3])]).toEqual([45, 63, 37, 1]);
  });
});

test.each([
  ['a negative seed', () => Random.of(-1)],
  ['a fractional label', () => Random.of(0).split(0.5)],
  ['an empty range', () => Random.of(0).integer(0)],
  ['a range over 32 bits', () => Random.of(0).integer(2 ** 32 + 1)],
  ['more choices than there are', () => Random.of(0).choice(3, 4)],
  ['weights without a positive one', () => Random.of(0).weightedChoice([0, 0])],
  ['a negative weight', () => Random.of(0).weightedChoice([1, -1])],
  ['a weight that is no number', () => Random.of(0).weightedChoice([1, NaN])],
])('%s is refused', (_, draw) => {
  expect(draw).toThrow(ArgumentError);
});

test('permutations hold every integer once, at length 0 and 1 too', () => {
  for (const n of [0, 1, 2, 100]) {
    const order = Random.of(3).permutation(n);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  }
});

test('chosen integers differ from each other and lie in the range', () => {
  const chosen = Random.of(5).choice(50, 50);
  expect(new Set(chosen).size).toBe(50);
  expect(Math.max(...chosen)).toBe(49);
  expect(new Set(Random.of(5).choice(2 ** 32, 1000)).size).toBe(1000);
});

test('a weight of zero is never chosen', () => {
  const random = Random.of(9);
  const chosen = new Set(Array.from({ length: 200 }, () => random.weightedChoice([0, 1, 0, 1, 0])));
  expect(chosen).toEqual(new Set([1, 3]));
});
