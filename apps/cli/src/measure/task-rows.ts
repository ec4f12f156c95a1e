import type { Row } from '@sentence-mtl/data';
import { encodeLabels, textCount, type Task } from '@sentence-mtl/heads';
import { exampleOf, type Example } from '@sentence-mtl/trainer';

/** The rows that have a label of a task, with their labels as numbers. */
export interface TaskRows {
  readonly name: string;
  readonly task: Task;
  /** The place of each among all rows. */
  readonly places: readonly number[];
  readonly examples: readonly Example[];
  /** (N, …) */
  readonly labels: ArrayLike<number>;
}

/** @throws LabelError where a label is none of the task's, with the row's place */
export function taskRows(name: string, task: Task, rows: readonly Row[]): TaskRows {
  const labelled = rows
    .map((row, place) => ({ place, example: exampleOf(row, { [name]: task }) }))
    .filter(({ example: { texts, labels } }) => texts.length === textCount(task) && (labels[name] ?? null) !== null);
  const examples = labelled.map(({ example }) => example);
  const given = examples.map(({ labels }) => labels[name]);
  const { data } = encodeLabels(name, task, given, (row) => examples[row]?.place ?? `row ${row}`);
  return { name, task, places: labelled.map(({ place }) => place), examples, labels: data };
}
