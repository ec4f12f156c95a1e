import { expect, test } from 'vitest';
import { nearestMatch } from './nearest-match.ts';

const intents = ['refund', 'delivery', 'cancel order'];

test('a mistyped word finds the word that was meant, whatever its case', () => {
  expect(nearestMatch('refnd', intents)).toBe('refund');
  expect(nearestMatch('Delivrey', intents)).toBe('delivery');
  expect(nearestMatch('cancel_ordr', intents)).toBe('cancel order');
});

test('a word near nothing finds nothing', () => {
  expect(nearestMatch('complaint', intents)).toBeUndefined();
  expect(nearestMatch('refund', [])).toBeUndefined();
  expect(nearestMatch('no', ['up', 'x', ''])).toBeUndefined();
  expect(nearestMatch('no', ['on', 'ne'])).toBe('ne');
});
