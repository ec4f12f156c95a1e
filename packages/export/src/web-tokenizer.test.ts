// What stands in the files of a tokenizer for others; tooling/interop has others read them.
import { readFileSync } from 'node:fs';
import { readSentenceModel, sentenceTokenizer, type SentenceModelConfig } from '@sentence-mtl/model';
import { expect, test } from 'vitest';
import { NANO_BERT } from './every-task.test.support.ts';
import { webTokenizerTexts } from './web-tokenizer.ts';

const { config } = await readSentenceModel(NANO_BERT);
const text = (name: string): string => readFileSync(`${NANO_BERT}/${name}`, 'utf8');
const wordPiece = JSON.parse(text('tokenizer.json')) as object;
const before = JSON.parse(text('tokenizer_config.json')) as Readonly<Record<string, unknown>>;

/** The model with other files of its tokenizer. */
function withFiles(tokenizer: object, tokenizerConfig: object): SentenceModelConfig {
  const [first, second] = [tokenizer, tokenizerConfig].map((each) => JSON.stringify(each));
  return { ...config, tokenizerTexts: { 'tokenizer.json': first ?? '', 'tokenizer_config.json': second ?? '' } };
}
const read = (given: SentenceModelConfig, name: string): unknown => JSON.parse(webTokenizerTexts(given)[name] ?? '');

test('files that say all of it stay as they are, byte by byte', () => {
  expect(webTokenizerTexts(config)).toEqual(config.tokenizerTexts);
});

test('a token with settings is marked as one, and keeps them', () => {
  const mask = { content: '[MASK]', lstrip: true, normalized: false, rstrip: false, single_word: false };
  const marked = { __type: 'AddedToken', ...mask };
  const given = withFiles(wordPiece, { ...before, mask_token: mask, cls_token: { ...marked, content: '[CLS]' } });
  expect(read(given, 'tokenizer_config.json')).toEqual({
    ...before,
    mask_token: marked,
    cls_token: { ...marked, content: '[CLS]' },
  });
});

const bytePairs = (merges: readonly unknown[]): object => ({
  ...wordPiece,
  pre_tokenizer: null,
  model: {
    type: 'BPE',
    vocab: { '[UNK]': 0, '[CLS]': 1, '[SEP]': 2, g: 3, o: 4, go: 5, goo: 6, ' g': 7, ' go': 8 },
    merges,
  },
});

test('merges become texts, and tokens stay what they were', () => {
  const given = withFiles(
    bytePairs([
      ['g', 'o'],
      ['go', 'o'],
    ]),
    before,
  );
  expect(read(given, 'tokenizer.json')).toEqual(bytePairs(['g o', 'go o']));
  const ids = (each: SentenceModelConfig): unknown => sentenceTokenizer(each).encode(['goo'])[0];
  expect(ids(given)).toBeDefined();
  expect(ids({ ...given, tokenizerTexts: webTokenizerTexts(given) })).toEqual(ids(given));
});

test('merges that no text can say stay pairs', () => {
  const given = withFiles(
    bytePairs([
      ['g', 'o'],
      [' g', 'o'],
    ]),
    before,
  );
  expect(read(given, 'tokenizer.json')).toEqual(
    bytePairs([
      ['g', 'o'],
      [' g', 'o'],
    ]),
  );
});

test.each([
  ['always', true],
  ['never', false],
])('a space in front of texts, %s, is said by its earlier name too', (scheme, isPut) => {
  const space = { type: 'Metaspace', replacement: '▁', prepend_scheme: scheme, split: true };
  const parts = (each: object): object => ({
    pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'WhitespaceSplit' }, each] },
    decoder: each,
  });
  const given = withFiles({ ...wordPiece, ...parts(space) }, before);
  expect(read(given, 'tokenizer.json')).toEqual({ ...wordPiece, ...parts({ ...space, add_prefix_space: isPut }) });
});
