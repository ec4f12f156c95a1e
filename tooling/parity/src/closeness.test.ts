import { describe, expect, it } from 'vitest';
import { EXACT, FLOAT32, firstDifference } from './closeness.ts';

describe('firstDifference', () => {
  it('measures against the largest entry that is expected', () => {
    expect(firstDifference([1000, 0.009], [1000, 0], FLOAT32)).toBeUndefined();
    expect(firstDifference([1000, 0.011], [1000, 0], FLOAT32)).toBe(
      'element 1 is 0.011 instead of 0; the largest entry is 1000',
    );
  });

  it('takes NaN for NaN and an infinity for itself, and neither for a number', () => {
    expect(firstDifference([NaN, Infinity], [NaN, Infinity], FLOAT32)).toBeUndefined();
    expect(firstDifference([NaN], [1], FLOAT32)).toBeDefined();
    expect(firstDifference([1], [NaN], FLOAT32)).toBeDefined();
    expect(firstDifference([-Infinity], [Infinity], FLOAT32)).toBeDefined();
    expect(firstDifference([Infinity], [1], FLOAT32)).toBeDefined();
  });

  it('counts elements, and forgives integers nothing', () => {
    expect(firstDifference([1], [1, 2], EXACT)).toBe('1 elements instead of 2');
    expect(firstDifference([16777217], [16777216], EXACT)).toBeDefined();
  });
});
