import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsHalf, narrowToHalf, nearestHalf, widenFromHalf } from './half-precision.ts';

const widened = (half: number): number => {
  const target = new Float32Array(1);
  widenFromHalf(Uint16Array.of(half), target);
  return target[0] ?? NaN;
};

test('every half is narrowed to itself', () => {
  const wrong = Array.from({ length: 65_536 }, (_, half) => half).filter((half) => {
    const value = widened(half);
    return Number.isNaN(value) ? !Number.isNaN(widened(nearestHalf(value))) : nearestHalf(value) !== half;
  });
  expect(wrong).toEqual([]);
});

test('a number goes to the nearest half, to the even one in the middle', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, min: Math.fround(-70_000), max: Math.fround(70_000) }), (value) => {
      const half = nearestHalf(value);
      const distance = Math.abs(widened(half) - value);
      // Halves of one sign are in the order of their bits.
      for (const other of [half - 1, half + 1]) {
        if (other < 0 || (other & 0x8000) !== (half & 0x8000) || (other & 0x7fff) > 0x7c00) continue;
        const otherDistance = Math.abs((widened(other) === Infinity ? 65_536 : widened(other)) - value);
        if (Math.abs(value) >= 65_520) expect(Math.abs(widened(half))).toBe(Infinity);
        else expect(distance < otherDistance || (distance === otherDistance && half % 2 === 0)).toBe(true);
      }
    }),
    { numRuns: 20_000 },
  );
  const target = new Uint16Array(3);
  narrowToHalf(Float32Array.of(1, -2, 65_519), target);
  expect([...target].map(widened)).toEqual([1, -2, 65_504]);
});

test('numbers fit where half precision reaches', () => {
  expect(fitsHalf(Float32Array.of(0, -65_504, 1e-30, 65_504))).toBe(true);
  for (const beyond of [65_505, -70_000, Infinity, -Infinity, NaN])
    expect(fitsHalf(Float32Array.of(1, beyond))).toBe(false);
});
