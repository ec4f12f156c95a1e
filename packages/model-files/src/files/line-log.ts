// A log of lines that a run appends to. A checkpoint remembers its length in bytes; a run that goes on from there cuts
// the log at that point, so that it ends up with the bytes of a run that was never interrupted.
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { explainSystemError } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ModelFileError(`cannot write ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}

/** Keeps the first bytes of a file, or all; says how many that are. @throws {Error} where there are fewer */
async function cutTo(file: FileHandle, keep: number | undefined): Promise<number> {
  const { size } = await file.stat();
  if (keep === undefined) return size;
  if (size < keep) throw new Error(`it has ${size} bytes, and ${keep} of them are to be gone on from`);
  await file.truncate(keep);
  return keep;
}

/** A text file that lines are appended to. */
export class LineLog {
  readonly #path: string;
  readonly #file: FileHandle;
  #bytes: number;

  private constructor(path: string, file: FileHandle, bytes: number) {
    this.#path = path;
    this.#file = file;
    this.#bytes = bytes;
  }

  /**
   * Opens a log, made where there is none.
   *
   * @param keep the bytes of it that stay; all of them by default
   * @throws ModelFileError where it cannot be written, or is shorter than `keep`
   */
  static async open(path: string, keep?: number): Promise<LineLog> {
    return explained(path, async () => {
      await mkdir(dirname(path), { recursive: true });
      const file = await open(path, 'a+');
      try {
        return new LineLog(path, file, await cutTo(file, keep));
      } catch (error) {
        await file.close();
        throw error;
      }
    });
  }

  /** The length of what has been appended. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Appends a line; `\n` is added. @throws ModelFileError where the disk is full, … */
  async append(line: string): Promise<void> {
    const bytes = Buffer.from(`${line}\n`);
    await explained(this.#path, async () => this.#file.appendFile(bytes));
    this.#bytes += bytes.length;
  }

  /** Flushes what has been appended to the disk. */
  async sync(): Promise<void> {
    await explained(this.#path, async () => this.#file.sync());
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
