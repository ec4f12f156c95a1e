// A model is named by its folder, as `minilm`, or by the id it has on a hub. What is a folder is read as one, what is
// spelled like a path never goes to a hub.
import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArgumentError, describeValue } from '@sentence-mtl/core';
import {
  fetchModel,
  HubError,
  ModelFileError,
  restoreFolder,
  type HubEvent,
  type HubSettings,
} from '@sentence-mtl/model-files';

export interface SourceOptions {
  /** Where ids are looked up: `hubSettings(environment)` of model-files. Left out, only folders and `minilm` are read. */
  readonly hub?: HubSettings | undefined;
  /** What happens while a model is fetched, for a progress display. */
  readonly onFetchEvent?: ((event: HubEvent) => void) | undefined;
  /** Ends the fetch. */
  readonly signal?: AbortSignal | undefined;
}

/** The model that needs no download. */
const BUILT_IN = 'minilm';

/** Spelled like a path: `./x`, `/x`, `x/`, `a\b`, `C:x`. */
function isPath(source: string): boolean {
  return /^\.{0,2}$|^\.{1,2}\/|\/$|\\|^[A-Za-z]:/.test(source) || isAbsolute(source);
}

/** Whether there is a folder, be it one whose replacement was cut off. */
async function isFolder(path: string): Promise<boolean> {
  await restoreFolder(path);
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Loaded when it is asked for: the package is as large as the model. */
async function builtInFolder(): Promise<string> {
  const { minilmFolder } = await import('@sentence-mtl/minilm');
  return fileURLToPath(minilmFolder);
}

async function fetchById(id: string, { hub, onFetchEvent, signal }: SourceOptions): Promise<string> {
  if (hub === undefined) {
    throw new ModelFileError(
      `there is no folder ${JSON.stringify(id)}, and without settings of a hub it is not looked up as the id of a model; give the folder's path, "${BUILT_IN}", or the option hub: hubSettings(environment)`,
    );
  }
  try {
    return await fetchModel(id, {
      settings: hub,
      ...(onFetchEvent !== undefined && { onEvent: onFetchEvent }),
      ...(signal !== undefined && { signal }),
    });
  } catch (error) {
    if (!(error instanceof HubError) || error.problem === 'id') throw error;
    throw new HubError(
      error.problem,
      `there is no folder ${JSON.stringify(id)}; as the id of a model: ${error.message}`,
      {
        cause: error,
      },
    );
  }
}

/**
 * The folder of a model.
 *
 * @param source a folder; `minilm`, the model that is built in; or an id of the hub, `owner/name` or
 * `owner/name@revision`. A folder that exists wins over an id, and `./minilm` is a folder.
 * @throws ModelFileError where there is no such folder
 * @throws HubError where an id cannot be fetched
 */
export async function modelFolder(source: string | URL, options: SourceOptions = {}): Promise<string> {
  if (source instanceof URL) return fileURLToPath(source);
  if (typeof source !== 'string' || source.trim() === '') {
    throw new ArgumentError(`the model is ${describeValue(source)}; a folder, "${BUILT_IN}" or owner/name is needed`);
  }
  if (source === BUILT_IN) return builtInFolder();
  if (isPath(source) || (await isFolder(source))) return source;
  return fetchById(source, options);
}
