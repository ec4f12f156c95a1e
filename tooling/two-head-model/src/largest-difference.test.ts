import { expect, it } from 'vitest';
import { largestDifference, relativeDifference } from './largest-difference.ts';

it('the largest difference is NaN where a number is none, or the lengths differ', () => {
  expect(largestDifference([1, -2, 3], [1, 2, 3.5])).toBe(4);
  expect(largestDifference([], [])).toBe(0);
  for (const [a, b] of [
    [
      [1, NaN],
      [1, 2],
    ],
    [[1], [NaN]],
    [[1], [1, 2]],
  ] as const) {
    expect(largestDifference(a, b)).toBeNaN();
  }
});

it('a relative difference is a share of the largest number expected, or absolute where that is 0', () => {
  expect(relativeDifference([1, 0], [-4, 0])).toBe(5 / 4);
  expect(relativeDifference([0.5], [0])).toBe(0.5);
  expect(relativeDifference([NaN], [1])).toBeNaN();
});
