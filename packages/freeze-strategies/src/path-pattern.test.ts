import { ArgumentError } from '@sentence-mtl/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnknownPartError } from './freeze-error.ts';
import { matchesPattern, patternTest } from './path-pattern.ts';

const QUERY = 'encoder.layers.3.attention.query.weight';

test.each([
  [QUERY, true],
  ['encoder.layers.*.attention.query.weight', true],
  ['encoder.**', true],
  ['**', true],
  ['**.weight', true],
  ['encoder.**.query.**', true],
  ['encoder.layers.3.**.weight', true],
  ['encoder.**.layers.3.attention.query.weight', true],
  ['encoder.l*s.*.att*.q*y.*', true],
  ['**.**.query.weight.**', true],
  ['encoder.*', false],
  ['encoder.layers.*', false],
  ['encoder.layers.3.attention.query', false],
  ['layers.**', false],
  ['encoder.layers.33.**', false],
  ['encoder.Layers.**', false],
  ['*.query.weight', false],
])('%s matches the query weight: %o', (pattern, matches) => {
  expect(matchesPattern(QUERY, pattern)).toBe(matches);
});

const name = fc.stringMatching(/^[a-z0-9_-]{1,4}$/);
const path = fc.array(name, { minLength: 1, maxLength: 5 });

test('a path matches itself, and what stars are put in for some of its names', () => {
  fc.assert(
    fc.property(path, fc.array(fc.constantFrom('keep', 'star', 'prefix', 'any')), (names, marks) => {
      const pattern = names.map((each, i) => {
        return { keep: each, star: '*', prefix: `${each[0]}*`, any: '**' }[marks[i] ?? 'keep'];
      });
      expect(matchesPattern(names.join('.'), pattern.join('.'))).toBe(true);
    }),
  );
});

test.each(['', '.', 'a..b', 'a.', 'a b', 'a.b***', 'a**', '***', 'a/b', 'a.(b|c)', 'a.[bc]'])(
  '"%s" is no pattern',
  (pattern) => {
    expect(() => matchesPattern('a.b', pattern)).toThrow(ArgumentError);
  },
);

test('a pattern with many stars is answered at once', () => {
  const long = Array.from({ length: 24 }, () => 'aaaa').join('.');
  expect(matchesPattern(long, Array.from({ length: 8 }, () => '**.a*a*a*').join('.'))).toBe(true);
  expect(matchesPattern(long, [...Array.from({ length: 6 }, () => '**'), 'b'].join('.'))).toBe(false);
});

describe('a pattern that matches nothing says where it leaves the paths', () => {
  const paths = [QUERY, 'encoder.embeddings.word.weight', 'heads.intent.output.bias'];
  test.each([
    ['encoder.embeddings', 'did you mean "encoder.embeddings.**"?'],
    ['encoder.layer.*.attention.**', 'did you mean "layers" for "layer"?'],
    ['encoder.layers.*.atention.**', 'did you mean "attention" for "atention"?'],
    ['encoder.pooler.**', 'below "encoder" there are layers, embeddings'],
    ['classifier.weight', 'they begin with encoder, heads'],
    ['**.keyy.bias', 'no name in them is "keyy"'],
    ['**.querry.weight', 'did you mean "query" for "querry"?'],
    ['heads.intent.output.bias.extra', 'nothing is below "heads.intent.output.bias"'],
  ])('%s', (pattern, message) => {
    expect(() => patternTest([pattern], paths)).toThrow(UnknownPartError);
    expect(() => patternTest([pattern], paths)).toThrow(message);
  });

  test('the first of several', () => {
    expect(() => patternTest(['heads.**', 'head.**'], paths)).toThrow('the pattern "head.**" matches no parameter');
  });
});
