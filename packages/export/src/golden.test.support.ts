import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ARCHITECTURES } from '@sentence-mtl/encoder';

const ROOT = resolve(import.meta.dirname, '../../..');
const GOLDEN = resolve(ROOT, process.env['SENTENCE_MTL_FIXTURES'] ?? '../shared', 'golden');

/** Why tests with the large fixtures cannot run, or undefined. */
export const absence: string | undefined = existsSync(GOLDEN)
  ? undefined
  : 'SKIPPED graphs of recorded models: no shared fixtures (SENTENCE_MTL_FIXTURES)';

const golden = (path: string): string => resolve(GOLDEN, path);

/** Recorded folders by name: bare ones of each architecture, and those of sentence-transformers. */
export const goldenPlaces: readonly (readonly [name: string, folder: string])[] =
  absence === undefined
    ? [
        ...ARCHITECTURES.map((name) => `models/${name}`),
        ...['current', 'legacy'].flatMap((layout) =>
          readdirSync(golden(`st/${layout}`)).map((name) => `st/${layout}/${name}`),
        ),
      ].map((path) => [path, golden(path)] as const)
    : [];

/** The 12 texts of the recorded models. */
export function goldenTexts(): readonly string[] {
  const { texts } = JSON.parse(readFileSync(golden('forward/bert.json'), 'utf8')) as {
    readonly texts: readonly { readonly text: string }[];
  };
  return texts.map(({ text }) => text);
}
