import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unigram } from './unigram.ts';

const vocabulary = [
  ['<unk>', 0],
  ['a', -1],
  ['b', -2],
  ['ab', -2.5],
  ['aba', -3],
  ['😀', -4],
] as const;

/** All cuts, tried one by one. */
function bestScore(word: string): number {
  if (word === '') return 0;
  const character = String.fromCodePoint(word.codePointAt(0) ?? 0);
  const known = vocabulary.filter(([piece], id) => id > 0 && word.startsWith(piece));
  const options = known.map(([piece, score]) => score + bestScore(word.slice(piece.length)));
  if (!known.some(([piece]) => piece === character)) options.push(-14 + bestScore(word.slice(character.length)));
  return Math.max(...options);
}

test('the cut is the likeliest of all', () => {
  const cut = unigram(vocabulary, 0);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', '😀'), { maxLength: 10 }).map((all) => all.join('')),
      (word) => {
        const score = cut(word).reduce((sum, id) => sum + (vocabulary[id]?.[1] ?? 0), 0);
        expect(score).toBeCloseTo(bestScore(word));
      },
    ),
  );
});

test('unknown characters side by side are one token', () => {
  expect(unigram(vocabulary, 0)('xyaxb')).toEqual([0, 1, 0, 2]);
});

test('without an unknown token, a word that cannot be spelt has no tokens', () => {
  expect(unigram(vocabulary, undefined)('ax')).toEqual([]);
});
