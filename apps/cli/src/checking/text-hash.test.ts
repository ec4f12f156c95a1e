import { textKey, type Row } from '@sentence-mtl/data';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOfRow, hashOfText } from './text-hash.ts';

const rowOf = (text: string): Row => ({ kind: 'text', file: 'f', line: 1, text, labels: {}, columns: {} });

test('the quick way for ASCII gives what the folded text gives', () => {
  const texts = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[ \t\n\rAaBb1.]*$/));
  fc.assert(
    fc.property(texts, (text) => {
      expect(hashOfRow(rowOf(text))).toEqual(hashOfText(textKey(rowOf(text))));
    }),
    { numRuns: 2000 },
  );
});

test('different texts have different hashes, also those that differ little', () => {
  const hashes = new Set<string>();
  for (let i = 0; i < 200_000; i++) {
    const { high, low } = hashOfText(`text number ${i}`);
    hashes.add(`${high} ${low}`);
  }
  expect(hashes.size).toBe(200_000);
});

test.each(['high', 'low'] as const)('the %s half alone collides no more than chance', (half) => {
  const values = new Set<number>();
  for (let i = 0; i < 200_000; i++) values.add(hashOfText(`${i} is where it is`)[half]);
  // n² / 2³³ collisions are expected, 4.7; 25 would be far out.
  expect(values.size).toBeGreaterThan(200_000 - 25);
});
