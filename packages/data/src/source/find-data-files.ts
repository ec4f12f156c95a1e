import { existsSync } from 'node:fs';
import { isAbsolute, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { DataFileError } from '../errors.ts';

async function filesOf(pattern: string): Promise<readonly string[]> {
  // A file may have brackets in its name.
  if (existsSync(pattern) || !isDynamicPattern(pattern)) return [pattern];
  const options = { absolute: isAbsolute(pattern), expandDirectories: false };
  const files = await glob(pattern.replaceAll(sep, '/'), options);
  if (files.length > 0) return files.toSorted();
  throw new DataFileError(`no file matches ${pattern}; look at the pattern, and at the folder it starts from`);
}

/**
 * The files that paths and glob patterns (`data/*.jsonl`) name: each once, those of a pattern in the order of their
 * names. A path without a pattern is returned as it is; whether it exists, its reader says.
 *
 * @throws DataFileError where no file matches a pattern
 */
export async function findDataFiles(patterns: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const pattern of patterns) files.push(...(await filesOf(pattern)));
  return [...new Set(files)];
}
