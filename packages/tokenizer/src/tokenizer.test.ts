import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ArgumentError } from '@sentence-mtl/core';
import { TextInputError, TokenizerFileError } from './errors.ts';
import { createTokenizer, type TextInput } from './tokenizer.ts';

const folder = new URL('../fixtures/nano-bert', import.meta.url).pathname;
const read = (name: string): Record<string, unknown> => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
const files = { tokenizer: read('tokenizer.json'), config: read('tokenizer_config.json') };
const tokenizer = createTokenizer(files);
const idsOf = (input: TextInput) => tokenizer.encode([input])[0]?.ids;
const [cls, sep, unknown, mask] = ['[CLS]', '[SEP]', '[UNK]', '[MASK]'].map((token) => tokenizer.idOf(token));

describe('settings', () => {
  test('come from tokenizer_config.json', () => {
    expect(tokenizer.maximumLength).toBe(48);
    expect(tokenizer.padding).toEqual({ side: 'right', id: 0, typeId: 0 });
    expect(tokenizer.vocabularySize).toBe(400);
  });

  test('of truncation and padding inside tokenizer.json are overruled', () => {
    const padded = {
      ...files.tokenizer,
      truncation: { max_length: 4, strategy: 'LongestFirst', stride: 0 },
      padding: { strategy: { Fixed: 128 }, direction: 'Left', pad_id: 0, pad_type_id: 0, pad_token: '[PAD]' },
    };
    const text = 'the weather is good today and tomorrow';
    expect(createTokenizer({ ...files, tokenizer: padded }).encode([text])).toEqual(tokenizer.encode([text]));
  });

  test('that tokenizer_config.json gives for lower case win over tokenizer.json', () => {
    const cased = createTokenizer({ ...files, config: { ...files.config, do_lower_case: false } });
    expect(cased.encode(['HELLO'])[0]?.ids).toEqual([cls, unknown, sep]);
    expect(idsOf('HELLO')).toEqual(idsOf('hello'));
  });

  test('of a model that wants lower case first leave its special tokens alone', () => {
    const cased = { ...files, config: { ...files.config, do_lower_case: false } };
    const lowered = createTokenizer(cased, { lowercase: true });
    expect(lowered.encode(['HELLO [SEP] hello'])).toEqual(tokenizer.encode(['hello [SEP] hello']));
    expect(lowered.encode(['HELLO'])).not.toEqual(createTokenizer(cased).encode(['HELLO']));
  });

  test('of the left side cut and pad there', () => {
    const left = createTokenizer({
      ...files,
      config: { ...files.config, padding_side: 'left', truncation_side: 'left' },
    });
    expect(left.padding.side).toBe('left');
    expect(left.encode(['a b c d'], { maximumLength: 4 })[0]?.ids).toEqual([cls, left.idOf('c'), left.idOf('d'), sep]);
  });
});

describe('bad input', () => {
  test.each(['', ' ', '\u0000', '\u0000 \u0000', '   \n\t '])('%j has only the special tokens', (text) => {
    expect(idsOf(text)).toEqual([cls, sep]);
  });

  test('a lone surrogate becomes U+FFFD, which BERT drops', () => {
    expect(idsOf('a\ud800b')).toEqual(idsOf('a\ufffdb'));
    expect(idsOf('\udc00')).toEqual([cls, sep]);
    expect(idsOf('😀')).toEqual([cls, unknown, sep]);
  });

  test('special tokens in the text are the special tokens, as in Python', () => {
    expect(idsOf('a[SEP]b')).toEqual([cls, tokenizer.idOf('a'), sep, tokenizer.idOf('b'), sep]);
    expect(idsOf('[MASK][MASK]')).toEqual([cls, mask, mask, sep]);
    expect(idsOf('[sep]')).not.toContain(mask);
  });

  test('a megabyte without spaces is one unknown word', () => {
    expect(idsOf('a'.repeat(2 ** 20))).toEqual([cls, unknown, sep]);
  });

  test.each([[1], [null], [undefined], [{}], [['a', 'b', 'c']], [['a', 1]], [Symbol('s')]])(
    '%s instead of a text is an error with the row',
    (value) => {
      const inputs: unknown = ['fine', value];
      const encode = () => tokenizer.encode(inputs as readonly TextInput[]);
      expect(encode).toThrow(TextInputError);
      expect(encode).toThrow(/^row 1: the input is .*; a text or a pair of texts is needed$/);
    },
  );

  test('a maximum below the special tokens is an error', () => {
    expect(() => tokenizer.encode(['a'], { maximumLength: 1 })).toThrow(ArgumentError);
    expect(() => tokenizer.encode([['a', 'b']], { maximumLength: 2 })).toThrow(/at least 3/);
    expect(() => createTokenizer(files, { maximumLength: Number.NaN })).toThrow(ArgumentError);
  });
});

describe('broken files are named', () => {
  const broken = (change: Record<string, unknown>) => () =>
    createTokenizer({ tokenizer: { ...files.tokenizer, ...change } });
  test.each([
    [{ model: undefined }, /has no model/],
    [{ model: { type: 'Magic', vocab: {} } }, /"Magic" is not supported; supported are WordPiece/],
    [{ model: { type: 'WordPiece', vocab: { a: -1 } } }, /id of "a" is -1/],
    [{ model: { type: 'Unigram', vocab: [['a']] } }, /vocab of tokenizer.json\[0\] is not a pair/],
    [{ normalizer: { type: 'constructor' } }, /normalizer type "constructor" is not supported/],
    [
      { normalizer: { type: 'Precompiled', precompiled_charsmap: 'AAAA' } },
      /precompiled_charsmap of the normalizer is broken/,
    ],
    [{ pre_tokenizer: { type: 'Nothing' } }, /pre_tokenizer type "Nothing" is not supported/],
    [{ post_processor: { type: 'Nothing' } }, /post_processor type "Nothing" is not supported/],
    [{ added_tokens: [{ id: 'x', content: 'y' }] }, /added_tokens\[0\].id is "x"/],
  ])('%j', (change, message) => {
    expect(broken(change)).toThrow(TokenizerFileError);
    expect(broken(change)).toThrow(message);
  });

  test('a padding token outside the vocabulary', () => {
    expect(() => createTokenizer({ ...files, config: { pad_token: '<none>' } })).toThrow(
      /"<none>".* is not in the vocabulary/,
    );
  });
});
