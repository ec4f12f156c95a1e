import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutTo, longestFirst } from './truncate.ts';

/** The definition: take one token off the longer text (the first, where equal lengths leave a choice) at a time. */
function oneByOne(first: number, second: number, room: number): number {
  let [a, b] = [first, second];
  while (a + b > room) {
    if (a > b) a--;
    else b--;
  }
  return Math.min(a, b);
}

test('two texts fit into the room, the longer one giving way first', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(60), fc.nat(60), (first, second, room) => {
      const [a, b] = longestFirst(first, second, room);
      expect(a + b).toBe(Math.min(room, first + second));
      expect(a).toBeLessThanOrEqual(first);
      expect(b).toBeLessThanOrEqual(second);
      expect(Math.min(a, b)).toBe(oneByOne(first, second, room));
    }),
  );
});

test('a cut keeps the other end', () => {
  expect(cutTo([1, 2, 3], 2, 'right')).toEqual([1, 2]);
  expect(cutTo([1, 2, 3], 2, 'left')).toEqual([2, 3]);
  expect(cutTo([1, 2, 3], 0, 'left')).toEqual([]);
});
