import { textKey, type Row } from '@sentence-mtl/data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashLabel, hashRow, hashText } from './text-hash.ts';

const rowOf = (text: string): Row => ({ kind: 'text', file: 'f', line: 1, text, labels: {}, columns: {} });

function hashOf(text: string): readonly number[] {
  const words = new Uint32Array(2);
  hashText(text, words, 0);
  return [...words];
}

describe('texts', () => {
  const characters = Array.from(' \t\n\v\f\r\u00a0\u1680\u2003\u2028\u202f\u3000\ufeffaAbBéÉﬁǅΣς.\u0301\ud800');
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...characters) }),
  );

  test('have the hash of what textKey folds them to', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(hashOf(text)).toEqual(hashOf(textKey(rowOf(text))));
      }),
      { numRuns: 3000 },
    );
  });

  test('have one hash only where they are folded to one', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const areEqual = textKey(rowOf(one)) === textKey(rowOf(other));
        expect(`${hashOf(one).join()}` === `${hashOf(other).join()}`).toBe(areEqual);
      }),
      { numRuns: 3000 },
    );
  });

  test('in pairs have one hash in either order', () => {
    const pair = (textA: string, textB: string): number[] => {
      const words = new Uint32Array(2);
      hashRow({ kind: 'pair', file: 'f', line: 1, textA, textB, score: null, labels: {}, columns: {} }, words, 0);
      return [...words];
    };
    expect(pair('A b', 'c')).toEqual(pair('C', 'a  b'));
    expect(pair('a', 'b c')).not.toEqual(pair('a b', 'c'));
  });

  test('that differ little have different hashes', () => {
    const hashes = new Set<string>();
    for (let i = 0; i < 200_000; i++) hashes.add(hashOf(`text number ${i}`).join());
    expect(hashes.size).toBe(200_000);
  });

  test.each([0, 1])('half %i of a hash alone collides no more than chance', (half) => {
    const values = new Set<number | undefined>();
    for (let i = 0; i < 200_000; i++) values.add(hashOf(`${i} is where it is`)[half]);
    // n² / 2³³ collisions are expected, 4.7; 25 would be far out.
    expect(values.size).toBeGreaterThan(200_000 - 25);
  });
});

test('labels are equal where their texts are, lists in any order', () => {
  expect(hashLabel(['b', 'a'])).toBe(hashLabel(['a', 'b']));
  expect(hashLabel(1)).toBe(hashLabel('1'));
  const labels = [
    ...Array.from({ length: 1000 }, (_, i) => `label ${i}`),
    [],
    ['label 1'],
    ['a', 'b'],
    '',
    true,
    false,
  ];
  expect(new Set(labels.map(hashLabel)).size).toBe(labels.length);
});
