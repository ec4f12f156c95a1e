import { join } from 'node:path';
import { ModelFileError } from '../errors.ts';

const DRIVE_LETTER = /^[A-Za-z]:/;

function problemOf(name: string): string | undefined {
  if (name.includes('\0')) return 'it contains a NUL character';
  if (name.startsWith('/') || name.startsWith('\\')) return 'it is an absolute path';
  if (DRIVE_LETTER.test(name)) return 'it begins with a drive letter';
  if (name.split(/[/\\]/).includes('..')) return 'it leaves its folder by ".."';
  return undefined;
}

/**
 * The path of something that a file names, below a folder. Files of others are not trusted with paths.
 *
 * @param source what names it, for the error: `modules.json`
 * @throws ModelFileError where the name would lead out of the folder
 */
export function pathInside(folder: string, name: string, source: string): string {
  const problem = problemOf(name);
  if (problem === undefined) return join(folder, name);
  throw new ModelFileError(
    `${source} names the path ${JSON.stringify(name)}: ${problem}; only paths below the model's folder are read`,
  );
}
