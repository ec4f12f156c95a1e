// The cache layout that Python's huggingface_hub shares: `models--owner--name/` with `blobs/<checksum>`, `refs/<branch>`
// (a file that holds a commit) and `snapshots/<commit>/<path>` (links to blobs).
import { access, copyFile, mkdir, readFile, rename, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { systemErrorCode } from '@sentence-mtl/core';
import { pathInside } from '../files/path-inside.ts';
import { temporarySibling, writeAtomically } from '../files/write-atomically.ts';
import type { ModelId } from './model-id.ts';
import type { RemoteFile } from './model-info.ts';

const COMMIT = /^[0-9a-f]{40}$/;

async function isPresent(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The folder of a model in the cache. */
export function repositoryFolder(cacheFolder: string, { name }: ModelId): string {
  return join(cacheFolder, `models--${name.replaceAll('/', '--')}`);
}

export function blobPath(repository: string, { checksum }: RemoteFile): string {
  return join(repository, 'blobs', checksum);
}

/** Whether a blob is there, and of its size: its checksum was right when it was put there. */
export async function hasBlob(repository: string, file: RemoteFile): Promise<boolean> {
  return stat(blobPath(repository, file)).then(
    ({ size }) => size === file.bytes,
    () => false,
  );
}

export function snapshotFolder(repository: string, commit: string): string {
  return join(repository, 'snapshots', commit);
}

/** The commit that a branch or tag had when it was fetched last, or undefined. */
export async function cachedCommit(repository: string, { revision }: ModelId): Promise<string | undefined> {
  if (COMMIT.test(revision)) return revision;
  const text = await readFile(pathInside(join(repository, 'refs'), revision, 'the revision'), 'utf8').catch(() => '');
  return COMMIT.test(text.trim()) ? text.trim() : undefined;
}

/** Whether a snapshot has what every model has; ours appear only when they are whole, Python's file by file. */
export async function isUsable(snapshot: string): Promise<boolean> {
  const configs = ['config.json', 'modules.json'];
  const weights = ['model.safetensors', 'model.safetensors.index.json', '0_Transformer/model.safetensors'];
  const any = async (names: readonly string[]): Promise<boolean> =>
    (await Promise.all(names.map(async (name) => isPresent(join(snapshot, name))))).includes(true);
  return (await any(configs)) && (await any(weights));
}

/** Notes which commit a branch or tag stands for. */
export async function writeReference(repository: string, { revision }: ModelId, commit: string): Promise<void> {
  if (revision === commit) return;
  await writeAtomically(pathInside(join(repository, 'refs'), revision, 'the revision'), commit);
}

/** Makes a file of a snapshot: a relative link to its blob, a copy where the system has no links. */
export async function linkBlob(repository: string, commit: string, file: RemoteFile): Promise<void> {
  const blob = blobPath(repository, file);
  const pointer = pathInside(snapshotFolder(repository, commit), file.path, "the hub's list of files");
  await mkdir(dirname(pointer), { recursive: true });
  try {
    await symlink(relative(dirname(pointer), blob), pointer);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EEXIST') return;
    if (code !== 'EPERM' && code !== 'ENOSYS' && code !== 'ENOTSUP') throw error;
    const copy = temporarySibling(pointer);
    await copyFile(blob, copy);
    await rename(copy, pointer);
  }
}
