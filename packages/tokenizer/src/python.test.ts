// Random texts, compared with the Python reference itself where it is present.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTokenizer } from './tokenizer.ts';

const shared = process.env['SENTENCE_MTL_FIXTURES'] ?? new URL('../../../../shared', import.meta.url).pathname;
const own = new URL('../fixtures/nano-bert', import.meta.url).pathname;
const golden = ['albert', 'bert', 'deberta-v2', 'mpnet', 'roberta', 'xlm-roberta'].map(
  (name) => `${shared}/golden/models/${name}`,
);
const folders = [own, ...golden, `${shared}/models/all-MiniLM-L6-v2`].filter((folder) => existsSync(folder));
const python = process.env['SENTENCE_MTL_PYTHON'] ?? '';

const added = (content: string, id: number, change: object = {}) => ({
  content,
  id,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
  ...change,
});

/**
 * Letters of Unicode 17, which Python's side does not know yet: whether a `single_word` token stands alone beside one
 * is answered differently.
 */
const knownDivergence = /[\u{323b0}-\u{33479}]/u;

/** Settings that no golden tokenizer has, as changes of nano-bert's tokenizer.json. */
const variants: Readonly<Record<string, (json: Record<string, unknown>) => Record<string, unknown>>> = {
  'added tokens of all kinds': (json) => ({
    ...json,
    added_tokens: [
      ...(Array.isArray(json['added_tokens']) ? json['added_tokens'] : []),
      // Ids go on from the vocabulary's 400 entries, as Python's loader wants them.
      added('hello', 400, { rstrip: true, lstrip: true }),
      added('World', 401, { normalized: true, special: false }),
      added('ΑΣ', 402, { normalized: true, special: false, single_word: true }),
      added("don't", 403, { rstrip: true }),
      added('𠀀', 404, { lstrip: true }),
      added('<s>', 405, { single_word: true, special: false }),
    ],
  }),
  'a cased normalizer that strips accents': (json) => ({
    ...json,
    normalizer: {
      type: 'BertNormalizer',
      clean_text: false,
      handle_chinese_chars: false,
      strip_accents: true,
      lowercase: false,
    },
  }),
  'a sequence of normalizers and Metaspace at the first word only': (json) => ({
    ...json,
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFKC' },
        { type: 'Lowercase' },
        { type: 'Strip', strip_left: true, strip_right: true },
        { type: 'StripAccents' },
      ],
    },
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
    model: {
      type: 'Unigram',
      unk_id: 0,
      byte_fallback: false,
      vocab: [
        ['<unk>', 0],
        ['▁', -2],
        ['▁the', -3],
        ...Array.from('abcdefghijklmnopqrstuvwxyz', (c) => [c, -4]),
        ['hello', -5],
        ['▁hello', -5.5],
      ],
    },
    added_tokens: [added('[SEP]', 31)],
  }),
  'ByteLevel with a space put in front, and a Bert post-processor': (json) => ({
    ...json,
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    post_processor: { type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2] },
  }),
};

function canImport(): boolean {
  try {
    execFileSync(python, ['-c', 'import tokenizers'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const SCRIPT = `
import json, sys
from tokenizers import Tokenizer
tokenizer = Tokenizer.from_file(sys.argv[1] + "/tokenizer.json")
tokenizer.no_padding()
tokenizer.no_truncation()
print(json.dumps([tokenizer.encode(text).ids for text in json.load(open(sys.argv[2]))]))
`;

const piece = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'hello',
      'World',
      'the',
      ' ',
      '  ',
      "don't",
      'É',
      '9',
      '３',
      '[SEP]',
      '<mask>',
      '<s>',
      '▁',
      '##',
      'Σ',
      'ΑΣ',
      'İ',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '你',
      '𠀀',
      '한',
      '\u1112\u1161',
      'が',
      'か\u3099',
      '👩\u200d💻',
      '🇳🇴',
      'é',
      'क्ष',
      '\u0301',
      '\u0327',
      'ﬁ',
      '㌀',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '\n',
      '\t',
      '\u00a0',
      '\u200b',
      '\ufeff',
      '\u0085',
      '\u0000',
      '\u00ad',
      '.',
      ',',
      '!',
      '-',
      '_',
      '$',
      '«',
      '、',
    ),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
);
const texts = fc.sample(
  fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join('')),
  { numRuns: 3000, seed: 7 },
);

const wellFormed = texts.map((text) => text.replace(/\p{Surrogate}/gu, '\ufffd'));

const present = python !== '' && canImport();
describe.skipIf(!present)(
  present ? "Python's tokenizers" : "Python's tokenizers (skipped: SENTENCE_MTL_PYTHON has none)",
  () => {
    /** Rows for which we differ from Python. */
    function differences(folder: string, config: unknown): readonly unknown[] {
      const file = join(folder, 'tokenizer.json');
      const temporary = mkdtempSync(join(tmpdir(), 'tokenizer-'));
      writeFileSync(join(temporary, 'texts.json'), JSON.stringify(wellFormed));
      const out = execFileSync(python, ['-c', SCRIPT, folder, join(temporary, 'texts.json')], {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      rmSync(temporary, { recursive: true });
      const expected: readonly (readonly number[])[] = JSON.parse(out);
      expect(expected).toHaveLength(texts.length);
      const tokenizer = createTokenizer({ tokenizer: JSON.parse(readFileSync(file, 'utf8')), config });
      const encodings = tokenizer.encode(wellFormed, { maximumLength: Number.POSITIVE_INFINITY });
      const rows = encodings.map(({ ids }, row) => ({
        text: wellFormed[row],
        ours: ids.join(),
        theirs: expected[row]?.join(),
      }));
      return rows.filter(({ text, ours, theirs }) => ours !== theirs && !knownDivergence.test(text ?? ''));
    }

    test.each(folders)('gives the same ids for 3000 random texts: %s', { timeout: 60_000 }, (folder) => {
      expect(differences(folder, JSON.parse(readFileSync(join(folder, 'tokenizer_config.json'), 'utf8')))).toEqual([]);
    });

    test.each(Object.entries(variants))('gives the same ids with %s', { timeout: 60_000 }, (_, change) => {
      const folder = mkdtempSync(join(tmpdir(), 'variant-'));
      const json = change(JSON.parse(readFileSync(join(own, 'tokenizer.json'), 'utf8')));
      writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(json));
      const wrong = differences(folder, {});
      rmSync(folder, { recursive: true });
      expect(wrong).toEqual([]);
    });
  },
);
