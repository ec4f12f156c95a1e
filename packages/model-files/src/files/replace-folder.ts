// A folder is written beside its place and renamed. Where one stands there already, two renames are needed; whoever comes
// after a crash between them finds the old folder under `<path>.previous` and puts it back.
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { explainSystemError, SentenceMtlError } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';
import { syncFolder, temporarySibling } from './write-atomically.ts';

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const previousOf = (path: string): string => `${path}.previous`;

async function moveIntoPlace(temporary: string, path: string): Promise<void> {
  const previous = previousOf(path);
  if (await isThere(path)) {
    await rm(previous, { recursive: true, force: true });
    await rename(path, previous);
  }
  try {
    await rename(temporary, path);
  } catch (error) {
    await restoreFolder(path);
    throw error;
  }
  await syncFolder(dirname(path));
  await rm(previous, { recursive: true, force: true });
}

/**
 * Writes a folder whole or not at all, in place of the one that may stand there.
 *
 * @param write fills the folder it is given
 * @throws ModelFileError where it cannot be written; the old folder is still there then
 */
export async function replaceFolder(path: string, write: (folder: string) => Promise<void>): Promise<void> {
  const temporary = temporarySibling(path);
  await restoreFolder(path);
  try {
    await mkdir(temporary, { recursive: true });
    await write(temporary);
    await syncFolder(temporary);
    await moveIntoPlace(temporary, path);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (error instanceof SentenceMtlError) throw error;
    throw new ModelFileError(`cannot write the folder ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}

/**
 * Puts a folder back that a crash in the middle of `replaceFolder` has left under its other name.
 *
 * @throws ModelFileError where it is there and cannot be put back
 */
export async function restoreFolder(path: string): Promise<void> {
  const previous = previousOf(path);
  if ((await isThere(path)) || !(await isThere(previous))) return;
  try {
    await rename(previous, path);
  } catch (error) {
    throw new ModelFileError(`cannot put ${previous} back as ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}
