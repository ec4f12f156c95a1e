import { expect, test } from 'vitest';
import { describeValue } from './describe-value.ts';

const circular: { self?: unknown } = {};
circular.self = circular;

test.each([
  [undefined, 'missing'],
  [null, 'null'],
  [12, '12'],
  [NaN, 'NaN'],
  [-Infinity, '-Infinity'],
  [3n, '3n'],
  ['a "text"', '"a \\"text\\""'],
  [['a', 'b'], 'a list of 2'],
  [{ a: 1 }, '{"a":1}'],
  [() => 1, 'a function'],
  [Symbol('x'), 'a symbol'],
  [{ a: 1n }, 'an object'],
  [circular, 'an object'],
  [{ toJSON: () => undefined }, 'an object'],
])('%o is described', (value, words) => {
  expect(describeValue(value)).toBe(words);
});

test('a long value is cut off', () => {
  expect(describeValue('x'.repeat(1000))).toHaveLength(58);
});
