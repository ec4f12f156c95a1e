import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const PACKAGE = resolve(import.meta.dirname, '..');
const ROOT = resolve(PACKAGE, '../..');

/** A fixture of this package. */
export const ownFixture = (name: string): string => resolve(PACKAGE, 'fixtures', name);

/** The folder of the fixtures that are too large for this repository, relative to its root if relative. */
const sharedFolder = (): string => resolve(ROOT, process.env['SENTENCE_MTL_FIXTURES'] ?? '../shared');

/** A file of the shared fixtures, or undefined where it is absent. */
export function sharedFixture(path: string): string | undefined {
  const file = resolve(sharedFolder(), path);
  return existsSync(file) ? file : undefined;
}

/** What a JSON file holds; the caller states its type. */
export function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}
