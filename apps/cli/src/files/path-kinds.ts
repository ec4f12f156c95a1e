import { stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';

async function entryAt(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}

/** Whether anything stands at a path. */
export async function isThere(path: string): Promise<boolean> {
  return (await entryAt(path)) !== undefined;
}

export async function isFile(path: string): Promise<boolean> {
  return (await entryAt(path))?.isFile() === true;
}

export async function isFolder(path: string): Promise<boolean> {
  return (await entryAt(path))?.isDirectory() === true;
}
