// What labels the rows of a data set have, task by task: what label sets are collected from, and checks look at.
import type { LabelValue, Row } from '../row.ts';
import { ownText } from '../text/own-text.ts';

/** A label and where it stands first. */
export interface LabelCount {
  /** Rows that have it. */
  readonly count: number;
  /** Whether its text is that of a number. */
  readonly isNumber: boolean;
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
  /** What the first row with a label is. */
  readonly kind: Row['kind'] | undefined;
  /** The first row with a label that is not of that kind. */
  readonly otherKind: { readonly file: string; readonly line: number } | undefined;
}

/** What a label is; a text that reads as a number is a `number` too, since CSV has no others. */
export type LabelForm = 'text' | 'number' | 'boolean' | 'list';

/** Far more labels, and UTF-16 units of them, than a task has: such a column is text of its own, or numbers. */
const MOST_LABELS = 100_000;
const MOST_UNITS = 1 << 22;

/** Counts under way. */
type LabelTally = Omit<LabelCount, 'count'> & { count: number };

interface Tally {
  rows: number;
  readonly forms: Record<LabelForm, number>;
  readonly labels: Map<string, LabelTally>;
  units: number;
  isOpen: boolean;
  kind: Row['kind'] | undefined;
  otherKind: TaskCounts['otherKind'];
}

/** Whether a label's text is that of a number. */
export function isNumeric(label: string): boolean {
  return label.trim() !== '' && Number.isFinite(Number(label));
}

/** @param known the label's count, which saves parsing it again */
function formOf(label: string | number | boolean, known: LabelCount | undefined): LabelForm {
  if (typeof label === 'boolean') return 'boolean';
  if (typeof label === 'number') return 'number';
  return (known?.isNumber ?? isNumeric(label)) ? 'number' : 'text';
}

/** Counts the labels of rows that are added to it. */
export class LabelCounter {
  readonly #tallies = new Map<string, Tally>();

  add(row: Row): void {
    const { labels } = row;
    for (const task in labels) {
      const tally = this.#tallies.get(task) ?? this.#newTally(task);
      const label = labels[task] ?? null;
      if (label !== null) addLabel(tally, label, row);
    }
  }

  /** By task, in the order in which tasks came up. */
  get counts(): ReadonlyMap<string, TaskCounts> {
    return this.#tallies;
  }

  #newTally(task: string): Tally {
    const tally: Tally = {
      rows: 0,
      forms: { text: 0, number: 0, boolean: 0, list: 0 },
      labels: new Map(),
      units: 0,
      isOpen: false,
      kind: undefined,
      otherKind: undefined,
    };
    this.#tallies.set(ownText(task), tally);
    return tally;
  }
}

function addLabel(tally: Tally, label: Exclude<LabelValue, null>, row: Row): void {
  tally.rows++;
  tally.kind ??= row.kind;
  if (tally.kind !== row.kind) tally.otherKind ??= { file: row.file, line: row.line };
  if (typeof label === 'object') {
    tally.forms.list++;
    for (const each of new Set(label)) count(tally, String(each), row);
  } else tally.forms[formOf(label, count(tally, String(label), row))]++;
}

/** Counts a label; undefined where there are too many to count this one by itself. */
function count(tally: Tally, label: string, { file, line }: Row): LabelCount | undefined {
  const found = tally.labels.get(label);
  if (found !== undefined) {
    found.count++;
    return found;
  }
  tally.isOpen ||= tally.labels.size >= MOST_LABELS || tally.units + label.length > MOST_UNITS;
  if (tally.isOpen) return undefined;
  const added = { count: 1, isNumber: isNumeric(label), file, line };
  tally.labels.set(ownText(label), added);
  tally.units += label.length;
  return added;
}
