// `sentence_mtl.json` makes a sentence-transformers folder one of a multi-task model: it lists the tasks, each of which
// is a folder below `heads/`. It is written last, so that what it lists is there.
import { join } from 'node:path';
import { ModelFileError } from '../errors.ts';
import { isRecord, readJsonIfPresent, type JsonRecord } from '../files/read-json.ts';
import { writeAtomically } from '../files/write-atomically.ts';

export const TASK_MANIFEST = 'sentence_mtl.json';

/** The version of the format that is written, and the newest that is read. */
export const TASK_FORMAT_VERSION = 1;

/** The release of sentence-mtl from which on that version is read. */
const READABLE_SINCE = '0.1.0';

export interface TaskManifest {
  /** Names of the tasks, in their order. Not checked: they may be anything a file can say. */
  readonly tasks: readonly string[];
  /** How the model came about. */
  readonly provenance: JsonRecord;
}

/** @throws ModelFileError naming the release that reads a newer format */
function checkVersion(record: JsonRecord, path: string): void {
  const version = record['formatVersion'];
  if (version === TASK_FORMAT_VERSION) return;
  if (typeof version === 'number' && Number.isSafeInteger(version) && version > TASK_FORMAT_VERSION) {
    const { readableSince } = record;
    const release =
      typeof readableSince === 'string' ? `sentence-mtl ${readableSince} and newer` : 'a newer sentence-mtl';
    throw new ModelFileError(
      `${path} has the format version ${version}, which ${release} reads; this one reads up to version ${TASK_FORMAT_VERSION}: update it`,
    );
  }
  throw new ModelFileError(
    `${path}: formatVersion is ${JSON.stringify(version) ?? 'missing'}; ${TASK_FORMAT_VERSION} is needed`,
  );
}

/** @throws ModelFileError where the manifest is broken or newer than what is read here */
function parseTaskManifest(value: unknown, path: string): TaskManifest {
  if (!isRecord(value)) throw new ModelFileError(`${path} does not hold a JSON object`);
  checkVersion(value, path);
  const { tasks, provenance = {} } = value;
  if (!Array.isArray(tasks) || !tasks.every((name): name is string => typeof name === 'string')) {
    throw new ModelFileError(`${path}: tasks is not a list of names`);
  }
  const twice = tasks.find((name, index) => tasks.indexOf(name) !== index);
  if (twice !== undefined) throw new ModelFileError(`${path}: task ${JSON.stringify(twice)} is listed twice`);
  if (!isRecord(provenance)) throw new ModelFileError(`${path}: provenance is not an object`);
  return { tasks, provenance };
}

/** The manifest in a folder; undefined where there is none. @throws ModelFileError as `parseTaskManifest` does */
export async function readTaskManifest(folder: string): Promise<TaskManifest | undefined> {
  const path = join(folder, TASK_MANIFEST);
  const value = await readJsonIfPresent(path);
  return value === undefined ? undefined : parseTaskManifest(value, path);
}

/** @throws ModelFileError where it cannot be written */
export async function writeTaskManifest(folder: string, { tasks, provenance }: TaskManifest): Promise<void> {
  const record = { formatVersion: TASK_FORMAT_VERSION, readableSince: READABLE_SINCE, tasks, provenance };
  await writeAtomically(join(folder, TASK_MANIFEST), `${JSON.stringify(record, null, 2)}\n`);
}
