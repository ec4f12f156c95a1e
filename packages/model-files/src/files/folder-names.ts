import { readdir, rm } from 'node:fs/promises';
import { explainSystemError, systemErrorCode } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';

/** The names of the folders in a folder, in order; none where there is no such folder. @throws ModelFileError otherwise */
export async function folderNames(path: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw new ModelFileError(`cannot read the folder ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}

/** Removes a folder with all that is in it; does nothing where there is none. */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    throw new ModelFileError(`cannot remove the folder ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}
