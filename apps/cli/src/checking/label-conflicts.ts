import { WORDS } from './text-records.ts';

/** A row whose label of a task is not that of an earlier row of the same text. */
export interface LabelConflict {
  /** The first record of the text that has a label of the task. */
  readonly first: number;
  readonly task: number;
}

/** The index of a task's label in a record; -1 where it has none. */
function labelAt(words: Uint32Array, record: number, task: number): number {
  const start = record + WORDS.firstLabel;
  const end = start + 2 * (words[record + WORDS.labels] ?? 0);
  for (let at = start; at < end; at += 2) if (words[at] === task) return at + 1;
  return -1;
}

/** Compares the labels of rows of equal texts, task by task, with the first that the text has. */
export class LabelConflicts {
  readonly #words: Uint32Array;
  readonly #taskCount: number;
  /** By text and task: the first record with a label, where that is not the first record of the text. */
  readonly #later = new Map<number, number>();

  constructor(words: Uint32Array, taskCount: number) {
    this.#words = words;
    this.#taskCount = taskCount;
  }

  /** What the record contradicts. @param first the first record of its text */
  of(record: number, first: number): readonly LabelConflict[] {
    const words = this.#words;
    const conflicts: LabelConflict[] = [];
    const labels = words[record + WORDS.labels] ?? 0;
    for (let i = 0; i < labels; i++) {
      const at = record + WORDS.firstLabel + 2 * i;
      const task = words[at] ?? 0;
      const holder = this.#holderOf(task, first, record);
      if (words[labelAt(words, holder, task)] !== words[at + 1]) conflicts.push({ first: holder, task });
    }
    return conflicts;
  }

  #holderOf(task: number, first: number, record: number): number {
    if (labelAt(this.#words, first, task) !== -1) return first;
    const key = first * this.#taskCount + task;
    const holder = this.#later.get(key) ?? record;
    if (holder === record) this.#later.set(key, record);
    return holder;
  }
}
