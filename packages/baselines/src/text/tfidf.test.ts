import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SparseMatrix } from '../sparse-matrix.ts';
import { characterTerms } from './character-terms.ts';
import { applyTfidf, fitTfidf } from './tfidf.ts';
import { wordTerms } from './word-terms.ts';

describe('terms', () => {
  it('words are two characters or more of letters, digits and underscores', () => {
    expect(wordTerms("I can't go_there, x2!", 1, 1)).toEqual(['can', 'go_there', 'x2']);
    expect(wordTerms('one two three', 1, 2)).toEqual(['one', 'two', 'three', 'one two', 'two three']);
    expect(wordTerms('one two three', 3, 4)).toEqual(['one two three']);
  });

  it('runs of characters stay within a word and its spaces, and count characters, not halves of them', () => {
    expect(characterTerms('Ab c', 2, 3)).toEqual([' a', 'ab', 'b ', ' ab', 'ab ', ' c', 'c ', ' c ']);
    expect(characterTerms('🙂', 2, 5)).toEqual([' 🙂', '🙂 ', ' 🙂 ']);
    expect(characterTerms(' \n ', 2, 5)).toEqual([]);
  });
});

function rowsOf({ rowStarts, columns, values, rowCount }: SparseMatrix): ReadonlyMap<number, number>[] {
  return Array.from({ length: rowCount }, (_, row) => {
    const places = Array.from(
      { length: (rowStarts[row + 1] ?? 0) - (rowStarts[row] ?? 0) },
      (_place, i) => i + (rowStarts[row] ?? 0),
    );
    return new Map(places.map((i) => [columns[i] ?? NaN, values[i] ?? NaN]));
  });
}

describe('fitTfidf', () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '🙂', ' ', '.') }), { maxLength: 8 });

  it('every row has length 1 or nothing, and the training texts come out of the model as they were fitted', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('words' as const, 'characters' as const), (given, terms) => {
        const { model, features } = fitTfidf(given, { terms });
        expect(features).toEqual(applyTfidf(model, given));
        for (const row of rowsOf(features)) {
          const squares = [...row.values()].reduce((sum, value) => sum + value * value, 0);
          if (row.size > 0) expect(squares).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  it('a text has the same row whatever texts stand beside it', () => {
    const { model } = fitTfidf(['one two', 'two three', 'three four five']);
    const [alone] = rowsOf(applyTfidf(model, ['two five']));
    expect(rowsOf(applyTfidf(model, ['unknown', 'two five']))).toEqual([new Map(), alone]);
    expect(alone?.size).toBe(2);
  });

  it('leaves out terms of fewer texts than asked', () => {
    const { model } = fitTfidf(['one two', 'two three'], { longest: 1, leastTexts: 2 });
    expect([...model.columns]).toEqual([['two', 0]]);
    expect(fitTfidf([], {}).features.columnCount).toBe(0);
  });

  it.each([{ shortest: 0 }, { shortest: 3, longest: 2 }, { leastTexts: 1.5 }])('refuses %o', (options) => {
    expect(() => fitTfidf(['a'], options)).toThrow('give integers from 1, in order');
  });
});
