// The protocol of files that are written over hours. Rows go to `<path>.partial`; `<path>.partial.json` is its journal,
// which says with which settings they are made and, in formats that need it, how far they are good. A kill leaves whole
// rows and at most a torn end, which the next run cuts off before it goes on. When all is written, the file is flushed and
// renamed: `<path>` is the old file or the new one, never half of one.
import { access, mkdir, open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { explainSystemError } from '@sentence-mtl/core';
import { DataFileError } from '../errors.ts';
import type { WriteOptions } from './row-writer.ts';

/** What stands beside a file under way. */
interface Journal {
  readonly settings: Readonly<Record<string, unknown>>;
  /** What the format keeps there. */
  readonly state?: unknown;
}

interface OpenedFile {
  readonly handle: FileHandle;
  readonly journal: Journal;
  readonly size: number;
}

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DataFileError) throw error;
    throw new DataFileError(`cannot write ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Flushes the entries of a folder; Windows and some network disks cannot, and need not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

async function writeJournal(path: string, journal: Journal): Promise<void> {
  await writeFile(`${path}.partial.json.new`, `${JSON.stringify(journal)}\n`);
  await rename(`${path}.partial.json.new`, `${path}.partial.json`);
}

async function readJournal(path: string): Promise<Journal> {
  const text = await readFile(`${path}.partial.json`, 'utf8').catch(() => '{"settings":{}}');
  return JSON.parse(text) as Journal;
}

function checkSettings(path: string, before: Journal['settings'], settings: Journal['settings']): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(settings)])) {
    const [then, now] = [JSON.stringify(before[key]), JSON.stringify(settings[key])];
    if (then === now) continue;
    throw new DataFileError(
      `cannot go on with ${path}.partial: it was begun with ${key} ${then}, and this run has ${now}; use the same settings, or start anew without resuming`,
    );
  }
}

/** Opens what a run before has left, or makes a new file. */
async function openPartial(path: string, resume: boolean, settings: Journal['settings']): Promise<OpenedFile> {
  if (resume && (await exists(`${path}.partial`))) {
    const journal = await readJournal(path);
    checkSettings(path, journal.settings, settings);
    const handle = await open(`${path}.partial`, 'r+');
    return { handle, journal, size: (await handle.stat()).size };
  }
  if (resume && (await exists(path))) {
    throw new DataFileError(`there is nothing to resume: ${path} is finished; to make it anew, do not resume`);
  }
  await mkdir(dirname(path), { recursive: true });
  await rm(`${path}.partial`, { force: true });
  await writeJournal(path, { settings });
  return { handle: await open(`${path}.partial`, 'wx+'), journal: { settings }, size: 0 };
}

/** A file under way; it grows at its end. */
export class PartialFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #size: number;
  #journal: Journal;

  private constructor(path: string, { handle, journal, size }: OpenedFile) {
    this.path = path;
    this.#handle = handle;
    this.#size = size;
    this.#journal = journal;
  }

  /** @throws DataFileError where it cannot be written, or what a run before has left was made with other settings */
  static async open(path: string, { resume = false, settings = {} }: WriteOptions): Promise<PartialFile> {
    return explained(path, async () => new PartialFile(path, await openPartial(path, resume, settings)));
  }

  /** What `saveState` saved last, by a run before too. */
  get state(): unknown {
    return this.#journal.state;
  }

  /** Notes in the journal how far the file is good, as a JSON value. */
  async saveState(state: unknown): Promise<void> {
    this.#journal = { ...this.#journal, state };
    await explained(this.path, () => writeJournal(this.path, this.#journal));
  }

  /** Bytes. */
  get size(): number {
    return this.#size;
  }

  /** What stands in the file, in pieces. */
  async *read(): AsyncGenerator<Uint8Array> {
    const piece = new Uint8Array(1 << 20);
    for (let position = 0; position < this.#size;) {
      const { bytesRead } = await this.#handle.read(piece, 0, piece.length, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  }

  async truncate(size: number): Promise<void> {
    await explained(this.path, () => this.#handle.truncate(size));
    this.#size = size;
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.writeAt(this.#size, bytes);
  }

  /** Writes over what is there, or behind it. */
  async writeAt(position: number, bytes: Uint8Array): Promise<void> {
    await explained(this.path, async () => {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    });
    this.#size = Math.max(this.#size, position + bytes.length);
  }

  async finish(): Promise<void> {
    await explained(this.path, async () => {
      await this.#handle.sync();
      await this.#handle.close();
      await rename(`${this.path}.partial`, this.path);
      await rm(`${this.path}.partial.json`, { force: true });
      await syncFolder(dirname(this.path));
    });
  }

  async leave(): Promise<void> {
    await explained(this.path, () => this.#handle.close());
  }
}
