import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createTokenizer } from './tokenizer.ts';

interface Expected {
  readonly ids: readonly (readonly number[])[];
  readonly truncated_8: readonly (readonly number[])[];
  readonly pairs_12: readonly {
    readonly first: number;
    readonly second: number;
    readonly input_ids: readonly number[];
    readonly token_type_ids: readonly number[];
  }[];
}

const here = new URL('../fixtures', import.meta.url).pathname;
const shared = process.env['SENTENCE_MTL_FIXTURES'] ?? new URL('../../../../shared', import.meta.url).pathname;
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const { strings } = read(`${here}/strings.json`) as { strings: readonly string[] };
const tiny = ['albert', 'bert', 'deberta-v2', 'distilbert', 'electra', 'mpnet', 'roberta', 'xlm-roberta'];
const cases = [
  { name: 'nano-bert', folder: `${here}/nano-bert`, expected: `${here}/nano-bert/expected.json` },
  {
    name: 'all-MiniLM-L6-v2',
    folder: `${shared}/models/all-MiniLM-L6-v2`,
    expected: `${shared}/golden/tokenizers/all-MiniLM-L6-v2.json`,
  },
  ...tiny.map((name) => ({
    name,
    folder: `${shared}/golden/models/${name}`,
    expected: `${shared}/golden/tokenizers/${name}.json`,
  })),
];

for (const { name, folder, expected: path } of cases) {
  const absent = !existsSync(path);
  describe.skipIf(absent)(absent ? `${name} (skipped: ${path} is absent)` : `${name} gives Python's ids`, () => {
    const load = () =>
      createTokenizer({ tokenizer: read(`${folder}/tokenizer.json`), config: read(`${folder}/tokenizer_config.json`) });
    const expected = (): Expected => read(path) as Expected;
    const byText = (rows: readonly (readonly number[])[]) => rows.map((ids, row) => [strings[row], ids]);

    test('of 270 difficult strings', () => {
      const encodings = load().encode(strings, { maximumLength: Infinity });
      expect(byText(encodings.map(({ ids }) => ids))).toEqual(byText(expected().ids));
    });

    test('truncated to 8 tokens', () => {
      const encodings = load().encode(strings, { maximumLength: 8 });
      expect(byText(encodings.map(({ ids }) => ids))).toEqual(byText(expected().truncated_8));
    });

    test('of pairs truncated to 12 tokens, the longest first, with their segments', () => {
      const pairs = expected().pairs_12;
      expect(pairs.length).toBeGreaterThan(10);
      const inputs = pairs.map(({ first, second }) => [strings[first] ?? '', strings[second] ?? ''] as const);
      const encodings = load().encode(inputs, { maximumLength: 12 });
      expect(encodings.map(({ ids }) => ids)).toEqual(pairs.map((pair) => pair.input_ids));
      expect(encodings.map(({ typeIds }) => typeIds)).toEqual(pairs.map((pair) => pair.token_type_ids));
    });
  });
}
