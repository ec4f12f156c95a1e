import { HubError } from '../errors.ts';
import { isRecord } from '../files/read-json.ts';
import { request, Transient, withRetries, type HubConnection } from './hub-connection.ts';
import type { ModelId } from './model-id.ts';
import { refusal } from './refusal.ts';

/** A file of a model's repository. */
export interface RemoteFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of large files, the SHA-1 that git gives a blob for others; its name in the cache. */
  readonly checksum: string;
}

export interface ModelInfo {
  readonly commit: string;
  readonly files: readonly RemoteFile[];
}

const COMMIT = /^[0-9a-f]{40}$/;
const CHECKSUM = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

function parseFile(entry: unknown, name: string): RemoteFile {
  const record = isRecord(entry) ? entry : {};
  const lfs = isRecord(record['lfs']) ? record['lfs'] : {};
  const { rfilename: path, blobId } = record;
  const checksum = lfs['sha256'] ?? blobId;
  const bytes = lfs['size'] ?? record['size'];
  if (
    typeof path === 'string' &&
    typeof bytes === 'number' &&
    typeof checksum === 'string' &&
    CHECKSUM.test(checksum)
  ) {
    return { path, bytes, checksum };
  }
  throw new HubError(
    'answer',
    `the hub's list of the files of ${name} lacks sizes or checksums; nothing that cannot be checked is fetched`,
  );
}

/** @throws HubError where the answer is not what a hub gives */
function parseModelInfo(value: unknown, name: string): ModelInfo {
  const record = isRecord(value) ? value : {};
  const { sha, siblings } = record;
  if (typeof sha === 'string' && COMMIT.test(sha) && Array.isArray(siblings)) {
    return { commit: sha, files: siblings.map((entry: unknown) => parseFile(entry, name)) };
  }
  throw new HubError(
    'answer',
    `the hub's answer about ${name} has no commit or no list of files; is HF_ENDPOINT right?`,
  );
}

/** Asks a hub which files a model has. @throws HubError where it does not say */
export async function requestModelInfo(id: ModelId, connection: HubConnection): Promise<ModelInfo> {
  const { endpoint } = connection.settings;
  const url = `${endpoint}/api/models/${id.name}/revision/${encodeURIComponent(id.revision)}?blobs=true`;
  const value = await withRetries(`the list of files of ${id.name}`, connection, async (): Promise<unknown> => {
    const response = await request(url, {}, connection);
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(response, id, connection.settings);
    }
    try {
      return await response.json();
    } catch (error) {
      connection.signal?.throwIfAborted();
      if (error instanceof SyntaxError) return undefined;
      throw new Transient('the connection was cut', undefined, { cause: error });
    }
  });
  return parseModelInfo(value, id.name);
}
