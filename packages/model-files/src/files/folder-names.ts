import type { Dirent } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { explainSystemError, systemErrorCode } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';

async function entriesOf(path: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw new ModelFileError(`cannot read the folder ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}

/** The names of all that is in a folder, in order; none where there is no such folder. @throws ModelFileError otherwise */
export async function entryNames(path: string): Promise<readonly string[]> {
  return (await entriesOf(path)).map(({ name }) => name).toSorted();
}

/** The names of the folders in a folder, in order; none where there is no such folder. @throws ModelFileError otherwise */
export async function folderNames(path: string): Promise<readonly string[]> {
  return (await entriesOf(path)).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted();
}

/** Removes a folder with all that is in it; does nothing where there is none. */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    throw new ModelFileError(`cannot remove the folder ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}
