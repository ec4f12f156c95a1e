import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Absolute path of the large fixtures, `''` when they are absent: a part of the key under which test results are cached. */
export function fixturesFolder(root: string, setting: string | undefined): string {
  const folder = resolve(root, setting ?? '../shared');
  return existsSync(folder) ? folder : '';
}
