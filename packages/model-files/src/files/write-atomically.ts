// A write goes to a temporary sibling, is flushed to the disk, and renamed: whoever looks sees the old file or the new
// one, never half of one, whenever the process or the machine stops.
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { explainSystemError } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';

/** A name beside `path` that nothing else uses. */
export function temporarySibling(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
}

/** Flushes the entries of a folder. Some systems cannot, and need not. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows does not open folders, some network disks do not flush them.
  }
}

async function writeAndRename(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const temporary = temporarySibling(path);
  try {
    const file = await open(temporary, 'wx');
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/**
 * Writes a file whole or not at all; makes its folder where there is none.
 *
 * @param content the text or bytes, or a function that writes them
 * @throws ModelFileError with the path and what to do, where the disk is full, access is denied, …
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array | ((file: FileHandle) => Promise<void>),
): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeAndRename(path, typeof content === 'function' ? content : (file) => file.writeFile(content));
  } catch (error) {
    if (error instanceof ModelFileError) throw error;
    throw new ModelFileError(`cannot write ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}
