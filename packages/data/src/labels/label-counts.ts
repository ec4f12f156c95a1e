// What labels the rows of a data set have, task by task: what label sets are collected from, and checks look at.
import type { LabelValue, Row } from '../row.ts';

/** A label and where it stands first. */
export interface LabelCount {
  /** Rows that have it. */
  readonly count: number;
  readonly file: string;
  readonly line: number;
}

export interface TaskCounts {
  /** Rows that have a label, or an empty list of them. */
  readonly rows: number;
  /** Rows by what their label is. */
  readonly forms: Readonly<Record<LabelForm, number>>;
  /** By the label's text: numbers and booleans are spelled out, and lists are taken apart. */
  readonly labels: ReadonlyMap<string, LabelCount>;
  /** Whether there are more labels than are counted one by one. */
  readonly isOpen: boolean;
}

/** What a label is; a text that reads as a number is a `number` too, since CSV has no others. */
export type LabelForm = 'text' | 'number' | 'boolean' | 'list';

/** Far more labels than a task has: such a column is text of its own, or numbers. */
const MOST_LABELS = 100_000;

/** Counts under way. */
interface Tally {
  rows: number;
  readonly forms: Record<LabelForm, number>;
  readonly labels: Map<string, { count: number; readonly file: string; readonly line: number }>;
  isOpen: boolean;
}

/** Whether a label's text is that of a number. */
export function isNumeric(label: string): boolean {
  return label.trim() !== '' && Number.isFinite(Number(label));
}

function formOf(label: Exclude<LabelValue, null>): LabelForm {
  if (typeof label === 'boolean') return 'boolean';
  if (typeof label === 'object') return 'list';
  return isNumeric(String(label)) ? 'number' : 'text';
}

/** Counts the labels of rows that are added to it. */
export class LabelCounter {
  readonly #tallies = new Map<string, Tally>();

  add(row: Row): void {
    for (const task of Object.keys(row.labels)) {
      const tally = this.#tallyOf(task);
      const label = row.labels[task] ?? null;
      if (label === null) continue;
      tally.rows++;
      tally.forms[formOf(label)]++;
      for (const each of typeof label === 'object' ? new Set(label) : [label]) count(tally, String(each), row);
    }
  }

  /** By task, in the order in which tasks came up. */
  get counts(): ReadonlyMap<string, TaskCounts> {
    return this.#tallies;
  }

  #tallyOf(task: string): Tally {
    const found = this.#tallies.get(task);
    if (found !== undefined) return found;
    const tally: Tally = {
      rows: 0,
      forms: { text: 0, number: 0, boolean: 0, list: 0 },
      labels: new Map(),
      isOpen: false,
    };
    this.#tallies.set(task, tally);
    return tally;
  }
}

function count(tally: Tally, label: string, { file, line }: Row): void {
  const found = tally.labels.get(label);
  if (found !== undefined) found.count++;
  else if (tally.labels.size < MOST_LABELS) tally.labels.set(label, { count: 1, file, line });
  else tally.isOpen = true;
}
