import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphemes } from './graphemes.ts';

const parts = [
  'a',
  '\r',
  '\n',
  'é',
  '\u0301',
  '😀',
  '\u200d',
  '👩',
  '🇳',
  '🇴',
  '\u0915',
  '\u094d',
  '한',
  '\u1112',
  '\u1161',
  '\ufe0f',
];

test('a window at a time gives the same graphemes as the whole text at once', { timeout: 60_000 }, () => {
  const whole = new Intl.Segmenter('en', { granularity: 'grapheme' });
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { minLength: 200, maxLength: 1500, size: 'max' }), (all) => {
      const text = all.join('');
      expect([...graphemes(text)]).toEqual(Array.from(whole.segment(text), ({ segment }) => segment));
    }),
    { numRuns: 60 },
  );
});

test('a grapheme longer than a window stays whole', () => {
  const long = `e${'\u0301'.repeat(2000)}`;
  expect([...graphemes(`a${long}b`)]).toEqual(['a', long, 'b']);
});
