// What is kept of each row to find equal texts: its hash, where it stands, and hashes of its labels, as numbers of 32 bits
// in a row. They are held in memory up to a limit, and beyond it in files, a part of all hashes each.
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Words of a record before those of the labels. */
export const WORDS = { high: 0, low: 1, file: 2, line: 3, labels: 4 } as const;

/** Records that are kept in memory before any is written: at 8 words each 16 MB. */
const MOST_IN_MEMORY = 2 ** 19;
/** Files that they are spread over; each must fit into memory by itself. */
const PARTS = 64;
/** Records of a part that are written at once. */
const WRITTEN_AT_ONCE = 1024;

/** Records that grow one by one. */
class RecordBuffer {
  readonly #width: number;
  #words: Uint32Array;
  #count = 0;

  constructor(width: number, capacity: number) {
    this.#width = width;
    this.#words = new Uint32Array(width * capacity);
  }

  get count(): number {
    return this.#count;
  }

  get words(): Uint32Array {
    return this.#words.subarray(0, this.#count * this.#width);
  }

  push(record: ArrayLike<number>): void {
    const end = (this.#count + 1) * this.#width;
    if (end > this.#words.length) {
      const grown = new Uint32Array(2 * this.#words.length);
      grown.set(this.#words);
      this.#words = grown;
    }
    this.#words.set(record, this.#count * this.#width);
    this.#count++;
  }

  clear(): void {
    this.#count = 0;
  }
}

/** Records on disk, in the parts that their hashes say. */
class RecordFiles {
  readonly #folder: string;
  readonly #buffers: readonly RecordBuffer[];

  private constructor(folder: string, width: number) {
    this.#folder = folder;
    this.#buffers = Array.from({ length: PARTS }, () => new RecordBuffer(width, WRITTEN_AT_ONCE));
  }

  static async create(width: number): Promise<RecordFiles> {
    return new RecordFiles(await mkdtemp(join(tmpdir(), 'sentence-mtl-')), width);
  }

  #path(part: number): string {
    return join(this.#folder, `${part}.records`);
  }

  async #flush(part: number): Promise<void> {
    const buffer = this.#buffers[part];
    if (buffer === undefined || buffer.count === 0) return;
    const { words } = buffer;
    await appendFile(this.#path(part), new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
    buffer.clear();
  }

  async add(record: ArrayLike<number>): Promise<void> {
    const part = (record[WORDS.high] ?? 0) % PARTS;
    this.#buffers[part]?.push(record);
    if ((this.#buffers[part]?.count ?? 0) >= WRITTEN_AT_ONCE) await this.#flush(part);
  }

  async *parts(): AsyncGenerator<Uint32Array> {
    for (let part = 0; part < PARTS; part++) {
      await this.#flush(part);
      const bytes = await readFile(this.#path(part)).catch(() => undefined);
      if (bytes === undefined) continue;
      const copy = new Uint8Array(bytes);
      yield new Uint32Array(copy.buffer, 0, copy.byteLength / Uint32Array.BYTES_PER_ELEMENT);
    }
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** The records of all rows. Records of one hash come in one part, in the order in which they were added. */
export class TextRecords implements AsyncDisposable {
  readonly width: number;
  readonly #limit: number;
  readonly #memory: RecordBuffer;
  #files: RecordFiles | undefined;

  /** @param limit records that are kept in memory */
  constructor(taskCount: number, limit: number = MOST_IN_MEMORY) {
    this.width = WORDS.labels + taskCount;
    this.#limit = limit;
    this.#memory = new RecordBuffer(this.width, Math.min(limit, 1024));
  }

  /** Adds a record, and returns whether there was room for it in memory; if not, it is to be added with `addToFile`. */
  addToMemory(record: ArrayLike<number>): boolean {
    if (this.#files !== undefined || this.#memory.count >= this.#limit) return false;
    this.#memory.push(record);
    return true;
  }

  async addToFile(record: ArrayLike<number>): Promise<void> {
    await (this.#files ?? (await this.#spill())).add(record);
  }

  async #spill(): Promise<RecordFiles> {
    const files = await RecordFiles.create(this.width);
    this.#files = files;
    const { words } = this.#memory;
    for (let at = 0; at < words.length; at += this.width) await files.add(words.subarray(at, at + this.width));
    this.#memory.clear();
    return files;
  }

  async *parts(): AsyncGenerator<Uint32Array> {
    if (this.#files === undefined) yield this.#memory.words;
    else yield* this.#files.parts();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#files?.remove();
  }
}
