import type { Hash } from 'node:crypto';
import { mkdir, open, rename, rm, statfs, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { explainSystemError, systemErrorCode } from '@sentence-mtl/core';
import { HubError } from '../errors.ts';
import { syncFolder } from '../files/write-atomically.ts';
import { startChecksum } from './checksum.ts';
import { request, STALL_MILLISECONDS, Transient, withRetries, type HubConnection } from './hub-connection.ts';
import type { ModelId } from './model-id.ts';
import type { RemoteFile } from './model-info.ts';
import { claimPartial, leavePartial } from './partial-file.ts';
import { refusal } from './refusal.ts';

const READ_BYTES = 1 << 20;

/** A download under way: `hash` has seen the first `done` bytes of the file. */
interface Progress {
  readonly file: FileHandle;
  hash: Hash;
  done: number;
}

async function checkSpace(folder: string, { bytes, path }: RemoteFile): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  throw new HubError(
    'disk',
    `${path} has ${bytes} bytes, but the disk of ${folder} has only ${bavail * bsize} left; free some space, or set HF_HOME to a folder on another disk`,
  );
}

/** Hashes what an earlier attempt left. */
async function takeUp(file: FileHandle, remote: RemoteFile): Promise<Progress> {
  const progress: Progress = { file, hash: startChecksum(remote), done: 0 };
  const chunk = new Uint8Array(READ_BYTES);
  while (progress.done < remote.bytes) {
    const { bytesRead } = await file.read(
      chunk,
      0,
      Math.min(chunk.length, remote.bytes - progress.done),
      progress.done,
    );
    if (bytesRead === 0) break;
    progress.hash.update(chunk.subarray(0, bytesRead));
    progress.done += bytesRead;
  }
  return progress;
}

/** The chunks of a body; one that does not come in time is a cut connection. */
async function* chunksOf(response: Response, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  let timer: NodeJS.Timeout | undefined;
  try {
    for (;;) {
      const stalled = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('nothing came for too long')), STALL_MILLISECONDS);
      });
      const { done, value } = await Promise.race([reader.read(), stalled]).finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw new Transient('the connection was cut', undefined, { cause: error });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Begins afresh where the server sends the whole file, or another part of it than was asked for. */
function startOver(progress: Progress, remote: RemoteFile): void {
  progress.hash = startChecksum(remote);
  progress.done = 0;
}

async function fetchRest(
  url: string,
  remote: RemoteFile,
  progress: Progress,
  id: ModelId,
  connection: HubConnection,
): Promise<void> {
  const range = progress.done > 0 ? { range: `bytes=${progress.done}-`, 'if-range': `"${remote.checksum}"` } : {};
  const response = await request(url, range, connection);
  if (response.status === 416) startOver(progress, remote);
  if (!response.ok) {
    await response.body?.cancel();
    if (response.status === 416) throw new Transient('the server cannot send the rest of the file');
    throw refusal(response, id, connection.settings);
  }
  const begins = new RegExp(`^bytes ${progress.done}-`).test(response.headers.get('content-range') ?? '');
  if (response.status !== 206 || !begins) startOver(progress, remote);
  for await (const chunk of chunksOf(response, connection.signal)) {
    if (progress.done + chunk.length > remote.bytes) {
      startOver(progress, remote);
      throw new HubError('checksum', `${remote.path} of ${id.name} is longer than the hub says; try again`);
    }
    await progress.file.write(chunk, 0, chunk.length, progress.done);
    progress.hash.update(chunk);
    progress.done += chunk.length;
    connection.onEvent({ type: 'progress', file: remote.path, bytes: progress.done, total: remote.bytes });
  }
  if (progress.done < remote.bytes) throw new Transient('the connection was cut');
}

/** Fetches what is missing and checks the whole. @throws HubError where the checksum is wrong twice */
async function fetchChecked(
  url: string,
  remote: RemoteFile,
  progress: Progress,
  id: ModelId,
  connection: HubConnection,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    if (progress.done < remote.bytes || remote.bytes === 0) {
      await withRetries(
        `${remote.path} of ${id.name}`,
        connection,
        async () => fetchRest(url, remote, progress, id, connection),
        () => progress.done,
      );
    }
    if (progress.hash.digest('hex') === remote.checksum) return;
    startOver(progress, remote);
    // What an earlier attempt left may have been wrong; what came afresh as a whole is wrong at its source.
    if (attempt === 2)
      throw new HubError(
        'checksum',
        `${remote.path} of ${id.name} came with a wrong checksum, twice; something between here and ${connection.settings.endpoint} changes it`,
      );
    connection.onEvent({ type: 'retry', reason: `${remote.path} came with a wrong checksum`, seconds: 0 });
  }
}

function isResumable(error: unknown): boolean {
  return !(error instanceof HubError) || error.problem === 'network' || error.problem === 'disk';
}

async function fillPartial(
  partial: string,
  url: string,
  remote: RemoteFile,
  id: ModelId,
  connection: HubConnection,
): Promise<void> {
  const file = await open(partial, 'r+');
  try {
    await fetchChecked(url, remote, await takeUp(file, remote), id, connection);
    await file.truncate(remote.bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Downloads a file into the cache, going on where an earlier attempt stopped. It appears under its name only when all
 * of it is there and its checksum is right.
 *
 * @throws HubError with what to do
 */
export async function downloadBlob(
  blob: string,
  url: string,
  remote: RemoteFile,
  id: ModelId,
  connection: HubConnection,
): Promise<void> {
  await mkdir(dirname(blob), { recursive: true });
  await checkSpace(dirname(blob), remote);
  const partial = await claimPartial(blob);
  try {
    await fillPartial(partial, url, remote, id, connection);
    await rename(partial, blob);
    await syncFolder(dirname(blob));
  } catch (error) {
    if (isResumable(error)) await leavePartial(partial, blob);
    else await rm(partial, { force: true });
    if (systemErrorCode(error) === undefined || error instanceof HubError) throw error;
    const kind = systemErrorCode(error) === 'ENOSPC' ? 'disk' : 'answer';
    throw new HubError(
      kind,
      `cannot write ${remote.path} of ${id.name} into ${dirname(blob)}: ${explainSystemError(error)}`,
      { cause: error },
    );
  }
}
