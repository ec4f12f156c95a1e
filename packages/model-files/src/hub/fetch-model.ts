import { explainSystemError, systemErrorCode } from '@sentence-mtl/core';
import { HubError } from '../errors.ts';
import { downloadBlob } from './download-blob.ts';
import {
  blobPath,
  cachedCommit,
  hasBlob,
  isUsable,
  linkBlob,
  repositoryFolder,
  snapshotFolder,
  writeReference,
} from './hub-cache.ts';
import type { HubConnection } from './hub-connection.ts';
import type { HubEvent } from './hub-event.ts';
import type { HubSettings } from './hub-settings.ts';
import { parseModelId, type ModelId } from './model-id.ts';
import { requestModelInfo, type ModelInfo } from './model-info.ts';
import { checkReadable, isNeeded } from './needed-files.ts';

export interface FetchOptions {
  readonly settings: HubSettings;
  readonly onEvent?: (event: HubEvent) => void;
  /** Ends the fetch; what was downloaded is kept for the next. */
  readonly signal?: AbortSignal;
  /** Sleeps between attempts; tests pass one that does not. */
  readonly wait?: HubConnection['wait'];
}

const ELSE = 'use the folder of a model, or "minilm", which is built in';

/** Sleeps; an abort, before or meanwhile, ends it with the signal's reason. */
async function waitFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
  signal?.throwIfAborted();
}

/** The snapshot of an earlier fetch, by us or by Python, or undefined. */
async function cachedSnapshot(repository: string, id: ModelId): Promise<string | undefined> {
  const commit = await cachedCommit(repository, id);
  if (commit === undefined) return undefined;
  const snapshot = snapshotFolder(repository, commit);
  return (await isUsable(snapshot)) ? snapshot : undefined;
}

/** Brings all needed files into the cache; the snapshot appears when every one of them is there. */
async function fetchFiles(
  repository: string,
  id: ModelId,
  { commit, files }: ModelInfo,
  connection: HubConnection,
): Promise<string> {
  checkReadable(
    files.map(({ path }) => path),
    id.name,
  );
  const needed = files.filter(({ path }) => isNeeded(path));
  const present = await Promise.all(needed.map(async (file) => hasBlob(repository, file)));
  const missing = needed.filter((_, index) => present[index] === false);
  connection.onEvent({
    type: 'files',
    files: missing.length,
    bytes: missing.reduce((sum, { bytes }) => sum + bytes, 0),
  });
  for (const file of missing) {
    const path = file.path.split('/').map(encodeURIComponent).join('/');
    const url = `${connection.settings.endpoint}/${id.name}/resolve/${commit}/${path}`;
    await downloadBlob(blobPath(repository, file), url, file, id, connection);
    connection.onEvent({ type: 'done', file: file.path });
  }
  // modules.json last: until it is there, a folder half made is none.
  const ordered = needed.toSorted((a, b) => Number(a.path === 'modules.json') - Number(b.path === 'modules.json'));
  for (const file of ordered) await linkBlob(repository, commit, file);
  await writeReference(repository, id, commit);
  return snapshotFolder(repository, commit);
}

async function fetchFromHub(repository: string, id: ModelId, connection: HubConnection): Promise<string> {
  try {
    return await fetchFiles(repository, id, await requestModelInfo(id, connection), connection);
  } catch (error) {
    if (systemErrorCode(error) === undefined || error instanceof HubError) throw error;
    throw new HubError('disk', `cannot write into the cache ${repository}: ${explainSystemError(error)}`, {
      cause: error,
    });
  }
}

/**
 * Fetches a model of a hub, only the files that are read here, into the cache that Python's huggingface_hub shares.
 * What is there is not fetched again; without a network, what is there is used.
 *
 * @param text `owner/name` or `owner/name@revision`, a branch, tag or commit
 * @returns the folder of the model
 * @throws HubError whose `problem` says of what kind, and whose message what to do
 */
export async function fetchModel(text: string, options: FetchOptions): Promise<string> {
  const id = parseModelId(text);
  const { settings, onEvent = () => undefined, signal, wait = waitFor } = options;
  const repository = repositoryFolder(settings.cacheFolder, id);
  const cached = await cachedSnapshot(repository, id);
  if (settings.offline) {
    if (cached !== undefined) return cached;
    throw new HubError(
      'offline',
      `${text} is not in the cache ${settings.cacheFolder}, and HF_HUB_OFFLINE forbids to fetch it; unset it, or ${ELSE}`,
    );
  }
  try {
    return await fetchFromHub(repository, id, { settings, signal, onEvent, wait });
  } catch (error) {
    if (!(error instanceof HubError) || error.problem !== 'network') throw error;
    if (cached === undefined) throw new HubError('network', `${error.message}; or ${ELSE}`, { cause: error });
    onEvent({ type: 'cached', reason: error.message });
    return cached;
  }
}
