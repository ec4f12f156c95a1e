// Rows of equal text: told twice, told differently, or standing on two sides of a split.
import type { LabelValue, Row } from '@sentence-mtl/data';
import type { Side } from '../dataset/dataset.ts';
import { hashOfRow, hashOfText } from './text-hash.ts';
import { TextRecords, WORDS } from './text-records.ts';

export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A row whose text an earlier row has. */
export interface EqualTexts {
  readonly first: Place;
  readonly again: Place;
  /** The task whose labels contradict each other. */
  readonly task?: string;
}

/** How many there are, and some of them. */
export interface Found<T> {
  readonly count: number;
  readonly some: readonly T[];
}

export interface EqualTextsReport {
  /** Training rows whose text an earlier one has. */
  readonly duplicates: Found<EqualTexts>;
  /** Those of them that have another label of some task than the first row of that text. */
  readonly contradictions: Found<EqualTexts>;
  /** Rows of other sides whose text is in the training rows. */
  readonly leaks: Readonly<Record<Exclude<Side, 'train'>, Found<EqualTexts>>>;
  /** Tasks whose labels were compared. */
  readonly tasks: readonly string[];
}

/** Tasks whose labels are compared: those that come up first. */
const MOST_TASKS = 4;
/** Examples that a report keeps. */
const KEPT = 1000;

class Finding {
  count = 0;
  readonly some: EqualTexts[] = [];

  add(found: EqualTexts): void {
    this.count++;
    if (this.some.length < KEPT) this.some.push(found);
  }
}

/** 0 is no label. */
function hashOfLabel(label: LabelValue | undefined): number {
  if (label === null || label === undefined) return 0;
  const text = typeof label === 'object' ? JSON.stringify(label.map(String).toSorted()) : String(label);
  return hashOfText(text).low || 1;
}

/** Finds the first record of each hash: open addressing over the places of records. */
class FirstRecords {
  readonly #words: Uint32Array;
  readonly #width: number;
  readonly #table: Int32Array;

  constructor(words: Uint32Array, width: number) {
    this.#words = words;
    this.#width = width;
    this.#table = new Int32Array(2 ** Math.ceil(Math.log2(2 * (words.length / width) + 2))).fill(-1);
  }

  /** The first record of the same hash as the one at a place; that place itself where there was none. */
  firstOf(at: number): number {
    const [words, width, table] = [this.#words, this.#width, this.#table];
    const [high, low] = [words[at * width], words[at * width + 1]];
    let slot = (low ?? 0) & (table.length - 1);
    for (;;) {
      const found = table[slot] ?? -1;
      if (found < 0) {
        table[slot] = at;
        return at;
      }
      if (words[found * width] === high && words[found * width + 1] === low) return found;
      slot = (slot + 1) & (table.length - 1);
    }
  }
}

/** Collects rows, then tells which texts are equal. */
export class EqualTextFinder implements AsyncDisposable {
  readonly #files: { readonly name: string; readonly side: Side }[] = [];
  #records: TextRecords | undefined;
  #tasks: readonly string[] = [];
  readonly #limit: number | undefined;

  /** @param limit records kept in memory */
  constructor(limit?: number) {
    this.#limit = limit;
  }

  /** Adds rows of a side; those of the training side come first. */
  async add(side: Side, rows: readonly Row[]): Promise<void> {
    if (this.#records === undefined) {
      const names = new Set(rows.flatMap((row) => Object.keys(row.labels)));
      this.#tasks = [...names].slice(0, MOST_TASKS);
      this.#records = new TextRecords(this.#tasks.length, this.#limit);
    }
    const record = new Uint32Array(this.#records.width);
    for (const row of rows) {
      const { high, low } = hashOfRow(row);
      record.set([high, low, this.#fileIndex(side, row.file), row.line]);
      this.#tasks.forEach((name, task) => (record[WORDS.labels + task] = hashOfLabel(row.labels[name])));
      // Rows are many: only those that go to disk are waited for.
      if (!this.#records.addToMemory(record)) await this.#records.addToFile(record);
    }
  }

  #fileIndex(side: Side, name: string): number {
    const last = this.#files.at(-1);
    if (last?.name !== name || last.side !== side) this.#files.push({ name, side });
    return this.#files.length - 1;
  }

  async report(): Promise<EqualTextsReport> {
    const [duplicates, contradictions] = [new Finding(), new Finding()];
    const leaks = { validation: new Finding(), test: new Finding() };
    for await (const words of this.#records?.parts() ?? []) {
      const { width } = this.#records ?? { width: WORDS.labels };
      const firsts = new FirstRecords(words, width);
      const place = (at: number): Place & { readonly side: Side } => {
        const { name = '', side = 'train' } = this.#files[words[at * width + WORDS.file] ?? 0] ?? {};
        return { file: name, line: words[at * width + WORDS.line] ?? 0, side };
      };
      for (let at = 0; at < words.length / width; at++) {
        const first = firsts.firstOf(at);
        if (first === at) continue;
        const [{ side: firstSide, ...one }, { side, ...again }] = [place(first), place(at)];
        if (firstSide !== 'train') continue;
        if (side !== 'train') leaks[side].add({ first: one, again });
        else {
          duplicates.add({ first: one, again });
          const task = this.#contradiction(words, first, at, width);
          if (task !== undefined) contradictions.add({ first: one, again, task });
        }
      }
    }
    return { duplicates, contradictions, leaks, tasks: this.#tasks };
  }

  /** The first task that both records have a label of, and not the same. */
  #contradiction(words: Uint32Array, first: number, at: number, width: number): string | undefined {
    return this.#tasks.find((_, task) => {
      const [a = 0, b = 0] = [words[first * width + WORDS.labels + task], words[at * width + WORDS.labels + task]];
      return a !== 0 && b !== 0 && a !== b;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#records?.[Symbol.asyncDispose]();
  }
}
