// What is kept of each row to find equal texts, as numbers of 32 bits: its hash, where it stands, and its labels. Records
// are held in memory up to a limit; beyond it they go to a file in runs, each sorted into the same parts of all hashes, so
// that a part can be read by itself.
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A record: these words, then as many pairs of a task's number and its label's hash as `labels` says. */
export const WORDS = { high: 0, low: 1, file: 2, line: 3, labels: 4, firstLabel: 5 } as const;

/** Words that are kept in memory before any is written: 4 MB, and as much again while they are sorted. */
const MOST_IN_MEMORY = 1 << 20;
const LEAST_IN_MEMORY = 1 << 12;
/** What runs are sorted into. A part of the records of 10 million rows has some 6 MB. */
const PARTS = 64;

/** The index behind the record at an index. */
export function endOfRecord(words: Uint32Array, at: number): number {
  return at + WORDS.firstLabel + 2 * (words[at + WORDS.labels] ?? 0);
}

const partOf = (words: Uint32Array, at: number): number => (words[at + WORDS.high] ?? 0) % PARTS;

/** Where each part begins in a run, and as the last number its end. */
function partStarts(words: Uint32Array): Uint32Array {
  const starts = new Uint32Array(PARTS + 1);
  for (let at = 0; at < words.length;) {
    const end = endOfRecord(words, at);
    const next = partOf(words, at) + 1;
    starts[next] = (starts[next] ?? 0) + end - at;
    at = end;
  }
  for (let part = 0; part < PARTS; part++) starts[part + 1] = (starts[part] ?? 0) + (starts[part + 1] ?? 0);
  return starts;
}

/** Puts the records in the order of their parts; within one, in the order in which they were. */
function sortByPart(words: Uint32Array, starts: Uint32Array, into: Uint32Array): void {
  const next = starts.slice();
  for (let at = 0; at < words.length;) {
    const part = partOf(words, at);
    let to = next[part] ?? 0;
    for (const end = endOfRecord(words, at); at < end; at++) into[to++] = words[at] ?? 0;
    next[part] = to;
  }
}

/** Runs on disk, one behind the other. */
class RecordFile {
  readonly #folder: string;
  readonly #file: FileHandle;
  readonly #runs: { readonly offset: number; readonly starts: Uint32Array }[] = [];
  #length = 0;

  private constructor(folder: string, file: FileHandle) {
    this.#folder = folder;
    this.#file = file;
  }

  static async create(): Promise<RecordFile> {
    const folder = await mkdtemp(join(tmpdir(), 'sentence-mtl-'));
    return new RecordFile(folder, await open(join(folder, 'records'), 'wx+'));
  }

  /** Writes a run. @param scratch for as many words */
  async write(words: Uint32Array, scratch: Uint32Array): Promise<void> {
    const starts = partStarts(words);
    sortByPart(words, starts, scratch);
    const bytes = new Uint8Array(scratch.buffer, scratch.byteOffset, words.byteLength);
    this.#runs.push({ offset: this.#length, starts });
    for (let written = 0; written < bytes.length;) {
      written += (await this.#file.write(bytes, written, bytes.length - written, this.#length + written)).bytesWritten;
    }
    this.#length += bytes.length;
  }

  /** The parts, one after the other in the same memory. */
  async *parts(): AsyncGenerator<Uint32Array> {
    const slices = Array.from({ length: PARTS }, (_, part) => this.#slices(part));
    const lengths = slices.map((some) => some.reduce((sum, { length }) => sum + length, 0));
    const bytes = new Uint8Array(Math.max(...lengths));
    for (const some of slices) {
      let at = 0;
      for (const { position, length } of some) {
        await this.#read(bytes.subarray(at, at + length), position);
        at += length;
      }
      yield new Uint32Array(bytes.buffer, 0, at / 4);
    }
  }

  /** Where the records of a part stand, in bytes. */
  #slices(part: number): readonly { readonly position: number; readonly length: number }[] {
    return this.#runs.map(({ offset, starts }) => {
      const [from = 0, to = 0] = starts.subarray(part, part + 2);
      return { position: offset + 4 * from, length: 4 * (to - from) };
    });
  }

  async #read(into: Uint8Array, position: number): Promise<void> {
    for (let read = 0; read < into.length;) {
      const { bytesRead } = await this.#file.read(into, read, into.length - read, position + read);
      if (bytesRead === 0) throw new Error('the file of records has lost its end');
      read += bytesRead;
    }
  }

  async remove(): Promise<void> {
    await this.#file.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** The records of all rows. Records of one hash come in one part, in the order in which they were added. */
export class TextRecords implements AsyncDisposable {
  readonly #limit: number;
  #words: Uint32Array;
  #scratch = new Uint32Array();
  #length = 0;
  #file: RecordFile | undefined;

  /** @param limit words that are kept in memory */
  constructor(limit: number = MOST_IN_MEMORY) {
    this.#limit = limit;
    this.#words = new Uint32Array(Math.min(limit, LEAST_IN_MEMORY));
  }

  /** Adds the record that the first words are, and returns whether there is room for another; if not, call `spill`. */
  add(record: Uint32Array): boolean {
    const length = endOfRecord(record, 0);
    if (this.#length + length > this.#words.length) {
      const wanted = Math.min(2 * this.#words.length, this.#limit + LEAST_IN_MEMORY);
      const grown = new Uint32Array(Math.max(this.#length + length, wanted));
      grown.set(this.#words.subarray(0, this.#length));
      this.#words = grown;
    }
    const [words, start] = [this.#words, this.#length];
    for (let i = 0; i < length; i++) words[start + i] = record[i] ?? 0;
    this.#length += length;
    return this.#length < this.#limit;
  }

  /** Writes what is in memory to disk. */
  async spill(): Promise<void> {
    this.#file ??= await RecordFile.create();
    if (this.#scratch.length < this.#words.length) this.#scratch = new Uint32Array(this.#words.length);
    await this.#file.write(this.#words.subarray(0, this.#length), this.#scratch);
    this.#length = 0;
  }

  /** The records of some hashes, then of others: each part is good until the next is asked for. */
  async *parts(): AsyncGenerator<Uint32Array> {
    if (this.#file === undefined) {
      yield this.#words.subarray(0, this.#length);
      return;
    }
    await this.spill();
    [this.#words, this.#scratch] = [new Uint32Array(), new Uint32Array()];
    yield* this.#file.parts();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file?.remove();
  }
}
