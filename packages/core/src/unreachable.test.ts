import { expect, test } from 'vitest';
import { unreachable } from './unreachable.ts';

function opposite(side: 'left' | 'right'): string {
  switch (side) {
    case 'left':
      return 'right';
    case 'right':
      return 'left';
    default:
      return unreachable(side);
  }
}

test('a case that the types exclude is reported by its value', () => {
  expect(opposite('left')).toBe('right');
  expect(() => opposite(JSON.parse('"up"'))).toThrow('reached a case that the types exclude: up');
});
