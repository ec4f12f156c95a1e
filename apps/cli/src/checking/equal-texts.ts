// Rows of equal text: told twice, told differently, or standing on two sides of a split.
import { ownText, type LabelValue, type Row } from '@sentence-mtl/data';
import type { Side } from '../dataset/dataset.ts';
import { FirstRecords } from './first-records.ts';
import { LabelConflicts } from './label-conflicts.ts';
import { hashLabel, hashRow } from './text-hash.ts';
import { endOfRecord, TextRecords, WORDS } from './text-records.ts';

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

/** Rows of a side whose text stands on an earlier one. */
export interface Leak extends Found<EqualTexts> {
  readonly side: Exclude<Side, 'train'>;
  /** Each row counts once, where its text stands first: in the training rows, if there. */
  readonly other: Exclude<Side, 'test'>;
}

export interface EqualTextsReport {
  /** Training rows whose text an earlier one has. */
  readonly duplicates: Found<EqualTexts>;
  /** Labels of training rows, one for each row and task, that are not the first that an equal text has of that task. */
  readonly contradictions: Found<EqualTexts>;
  /** For every two sides. */
  readonly leaks: readonly Leak[];
}

/** Examples that a report keeps. */
const KEPT = 1000;

class Finding {
  count = 0;
  readonly some: EqualTexts[] = [];

  add(found: () => EqualTexts): void {
    this.count++;
    if (this.some.length < KEPT) this.some.push(found());
  }
}

class LeakFinding extends Finding implements Leak {
  readonly side: Leak['side'];
  readonly other: Leak['other'];

  constructor(side: Leak['side'], other: Leak['other']) {
    super();
    this.side = side;
    this.other = other;
  }
}

interface Findings {
  readonly duplicates: Finding;
  readonly contradictions: Finding;
  readonly leaks: readonly LeakFinding[];
}

/** Collects rows, then tells which texts are equal. */
export class EqualTextFinder implements AsyncDisposable {
  readonly #files: { readonly name: string; readonly side: Side }[] = [];
  readonly #records: TextRecords;
  /** The numbers of tasks, in the order in which they came up. */
  readonly #tasks = new Map<string, number>();
  #record = new Uint32Array(64);

  /** @param limit words of records that are kept in memory */
  constructor(limit?: number) {
    this.#records = new TextRecords(limit);
  }

  /** Adds rows of a side: first those of training, then those of validation, then those of the test. */
  async add(side: Side, rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      hashRow(row, this.#record, WORDS.high);
      this.#record[WORDS.file] = this.#fileIndex(side, row.file);
      this.#record[WORDS.line] = row.line;
      this.#record[WORDS.labels] = 0;
      // Labels of other sides are not compared.
      if (side === 'train') this.#addLabels(row);
      // Rows are many: only those that fill the memory are waited for.
      if (!this.#records.add(this.#record)) await this.#records.spill();
    }
  }

  #addLabels(row: Row): void {
    for (const name in row.labels) this.#addLabel(name, row.labels[name] ?? null);
    if (row.kind === 'pair') this.#addLabel('score', row.score);
  }

  #addLabel(name: string, label: LabelValue): void {
    if (label === null) return;
    const at = endOfRecord(this.#record, 0);
    if (at + 2 > this.#record.length) {
      const grown = new Uint32Array(2 * this.#record.length);
      grown.set(this.#record);
      this.#record = grown;
    }
    this.#record[at] = this.#taskNumber(name);
    this.#record[at + 1] = hashLabel(label);
    this.#record[WORDS.labels] = (this.#record[WORDS.labels] ?? 0) + 1;
  }

  #taskNumber(name: string): number {
    const known = this.#tasks.get(name);
    if (known !== undefined) return known;
    this.#tasks.set(ownText(name), this.#tasks.size);
    return this.#tasks.size - 1;
  }

  #fileIndex(side: Side, name: string): number {
    const last = this.#files.at(-1);
    if (last?.name !== name || last.side !== side) this.#files.push({ name, side });
    return this.#files.length - 1;
  }

  async report(): Promise<EqualTextsReport> {
    const found: Findings = {
      duplicates: new Finding(),
      contradictions: new Finding(),
      leaks: [
        new LeakFinding('validation', 'train'),
        new LeakFinding('test', 'train'),
        new LeakFinding('test', 'validation'),
      ],
    };
    const firsts = new FirstRecords();
    for await (const words of this.#records.parts()) {
      firsts.reset(words);
      this.#compare(words, firsts, found);
    }
    return found;
  }

  /** Looks at all records of some hashes. */
  #compare(words: Uint32Array, firsts: FirstRecords, { duplicates, contradictions, leaks }: Findings): void {
    const conflicts = new LabelConflicts(words, this.#tasks.size);
    const names = [...this.#tasks.keys()];
    const placeOf = (at: number): Place => ({ file: this.#fileOf(words, at).name, line: words[at + WORDS.line] ?? 0 });
    for (let at = 0; at < words.length; at = endOfRecord(words, at)) {
      const first = firsts.firstOf(at);
      if (first === at) continue;
      const { side } = this.#fileOf(words, at);
      const other = this.#fileOf(words, first).side;
      const leak = leaks.find((each) => each.side === side && each.other === other);
      (side === 'train' ? duplicates : leak)?.add(() => ({ first: placeOf(first), again: placeOf(at) }));
      for (const { first: holder, task } of conflicts.of(at, first)) {
        contradictions.add(() => ({ first: placeOf(holder), again: placeOf(at), task: names[task] ?? '' }));
      }
    }
  }

  #fileOf(words: Uint32Array, at: number): { readonly name: string; readonly side: Side } {
    return this.#files[words[at + WORDS.file] ?? 0] ?? { name: '', side: 'train' };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#records[Symbol.asyncDispose]();
  }
}
