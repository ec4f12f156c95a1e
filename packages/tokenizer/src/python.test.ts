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
const golden = ['albert', 'bert', 'deberta-v2', 'mpnet', 'roberta', 'xlm-roberta'].map((name) => `${shared}/golden/models/${name}`);
const folders = [own, ...golden, `${shared}/models/all-MiniLM-L6-v2`].filter((folder) => existsSync(folder));
const python = process.env['SENTENCE_MTL_PYTHON'] ?? '';

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
  { weight: 5, arbitrary: fc.constantFrom('hello', 'World', 'the', ' ', '  ', "don't", 'É', '9', '３', '[SEP]', '<mask>', '<s>', '▁', '##', 'Σ', 'ΑΣ', 'İ') },
  { weight: 3, arbitrary: fc.constantFrom('你', '𠀀', '한', '\u1112\u1161', 'が', 'か\u3099', '👩\u200d💻', '🇳🇴', 'é', 'क्ष', '\u0301', '\u0327', 'ﬁ', '㌀') },
  { weight: 2, arbitrary: fc.constantFrom('\n', '\t', '\u00a0', '\u200b', '\ufeff', '\u0085', '\u0000', '\u00ad', '.', ',', '!', '-', '_', '$', '«', '、') },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
);
const texts = fc.sample(fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join('')), { numRuns: 3000, seed: 7 });

const present = python !== '' && canImport();
describe.skipIf(!present)(present ? "Python's tokenizers" : "Python's tokenizers (skipped: SENTENCE_MTL_PYTHON has none)", () => {
  test.each(folders)('gives the same ids for 3000 random texts: %s', { timeout: 60_000 }, (folder) => {
    const temporary = mkdtempSync(join(tmpdir(), 'tokenizer-'));
    const file = join(temporary, 'texts.json');
    const wellFormed = texts.map((text) => text.replace(/\p{Surrogate}/gu, '\ufffd'));
    writeFileSync(file, JSON.stringify(wellFormed));
    const out = execFileSync(python, ['-c', SCRIPT, folder, file], { encoding: 'utf8', maxBuffer: 1 << 28 });
    rmSync(temporary, { recursive: true });
    const expected: readonly (readonly number[])[] = JSON.parse(out);
    const read = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
    const tokenizer = createTokenizer({ tokenizer: read('tokenizer.json'), config: read('tokenizer_config.json') });
    const encodings = tokenizer.encode(wellFormed, { maximumLength: Number.POSITIVE_INFINITY });
    const wrong = encodings.flatMap(({ ids }, row) => (ids.join() === expected[row]?.join() ? [] : [[wellFormed[row], ids.join(), expected[row]?.join()]]));
    expect(wrong).toEqual([]);
  });
});
