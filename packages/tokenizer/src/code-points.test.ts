import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNormalizer } from './normalizers/create-normalizer.ts';
import { createPreTokenizer } from './pre-tokenizers/create-pre-tokenizer.ts';

interface Case {
  readonly name: string;
  readonly normalizer?: unknown;
  readonly pre_tokenizer?: unknown;
  /** Below the large fixtures; the other two are in it. */
  readonly file?: string;
  /** Code points (hexadecimal) for which we differ from Python and know it. */
  readonly knownDivergence: readonly string[];
  readonly hashes: string;
}

const BLOCK = 1024;
const fixtures = process.env['SENTENCE_MTL_FIXTURES'] ?? new URL('../../../../shared', import.meta.url).pathname;
const { blocks, cases }: { blocks: string; cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('../fixtures/code-points.json', import.meta.url), 'utf8'),
);

function blockHash(words: (text: string) => readonly string[], start: number, skipped: ReadonlySet<number>): string {
  const digest = createHash('sha256');
  for (let code = start; code < start + BLOCK; code++) {
    if ((code >= 0xd800 && code <= 0xdfff) || skipped.has(code)) continue;
    const character = String.fromCodePoint(code);
    digest.update(
      words(`a${character}A ${character}`)
        .map((word) => `${word}\n`)
        .join(''),
    );
  }
  return digest.digest('hex').slice(0, 8);
}

describe('every code point becomes the words that Python makes of it', () => {
  for (const { name, file, knownDivergence, hashes, ...inline } of cases) {
    const path = file === undefined ? undefined : `${fixtures}/${file}`;
    const absent = path !== undefined && !existsSync(path);
    test.skipIf(absent)(absent ? `${name} (skipped: ${path} is absent)` : name, { timeout: 600_000 }, () => {
      const parts: typeof inline = path === undefined ? inline : JSON.parse(readFileSync(path, 'utf8'));
      const normalize = createNormalizer(parts.normalizer);
      const split = createPreTokenizer(parts.pre_tokenizer);
      const skipped = new Set(knownDivergence.map((code) => Number.parseInt(code, 16)));
      const [starts, expected] = [blocks.split(' '), hashes.split(' ')];
      expect(expected).toHaveLength(starts.length);
      const wrong = starts.filter(
        (start, block) =>
          blockHash((text) => split(normalize(text), true), Number.parseInt(start, 16), skipped) !== expected[block],
      );
      expect(wrong, 'blocks of 1024 code points that differ').toEqual([]);
    });
  }
});
