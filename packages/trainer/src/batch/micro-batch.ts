// Some examples of a step as the feeds of a program: their texts, and for each task the rows that have a label of it.
import { float32Tensor, int32Tensor, sizeOfShape, type HostTensor } from '@sentence-mtl/core';
import { encodeLabels, textCount, type Task, type Tasks } from '@sentence-mtl/heads';
import { labelsInput, rowsInput } from '../program/task-inputs.ts';
import type { PreparedExamples, TaskLabels } from './prepared-examples.ts';

export type NamedTensors = Readonly<Record<string, HostTensor>>;

export interface MicroBatch {
  /** The texts of the batch, as places in `encodings`. */
  readonly texts: readonly number[];
  /** `rows.<task>.<text>` and `labels.<task>`. */
  readonly feeds: NamedTensors;
}

/** The labels of some examples of a task. */
export function labelRows({ labels }: TaskLabels, examples: readonly number[]): HostTensor<'int32' | 'float32'> {
  const { dtype, data, shape } = labels;
  const width = sizeOfShape(shape.slice(1));
  const rows = examples.flatMap((example) => [...data.subarray(example * width, (example + 1) * width)]);
  const tensor = dtype === 'int32' ? int32Tensor : float32Tensor;
  return tensor(rows, [examples.length, ...shape.slice(1)]);
}

/** Which examples have a label of a task. */
export function labelledExamples({ present }: TaskLabels, examples: readonly number[]): readonly number[] {
  return examples.filter((example) => present[example] === 1);
}

/** The labels of some examples of a task; where there are none, a row without a label. */
function labelsOrNone(
  name: string,
  task: Task,
  all: TaskLabels | undefined,
  labelled: readonly number[],
): HostTensor<'int32' | 'float32'> {
  return all === undefined || labelled.length === 0 ? encodeLabels(name, task, [null]) : labelRows(all, labelled);
}

/** The feeds of a task: which texts its rows are, and their labels. A task without a row has one without a label. */
function taskFeeds(
  name: string,
  task: Task,
  prepared: PreparedExamples,
  examples: readonly number[],
  placeOf: (text: number) => number,
): readonly (readonly [string, HostTensor])[] {
  const all = prepared.tasks.get(name);
  const labelled = all === undefined ? [] : labelledExamples(all, examples);
  const texts = Array.from({ length: textCount(task) }, (_, text) => {
    const rows = labelled.map((example) => placeOf((prepared.firstText[example] ?? 0) + text));
    return [rowsInput(name, text), int32Tensor(rows.length === 0 ? [0] : rows, [Math.max(1, rows.length)])] as const;
  });
  return [...texts, [labelsInput(name), labelsOrNone(name, task, all, labelled)]];
}

/** Examples as feeds, for all tasks of a program. */
export function microBatch(prepared: PreparedExamples, examples: readonly number[], tasks: Tasks): MicroBatch {
  const { firstText } = prepared;
  const texts = examples.flatMap((example) => {
    const [first = 0, end = first] = [firstText[example], firstText[example + 1]];
    return Array.from({ length: end - first }, (_, text) => first + text);
  });
  const places = new Map(texts.map((text, place) => [text, place]));
  const placeOf = (text: number): number => places.get(text) ?? 0;
  const feeds = Object.entries(tasks).flatMap(([name, task]) => taskFeeds(name, task, prepared, examples, placeOf));
  return { texts, feeds: Object.fromEntries(feeds) };
}

/** `labels.<task>` of all examples of a step, missing ones included. */
export function stepLabels(prepared: PreparedExamples, examples: readonly number[]): NamedTensors {
  return Object.fromEntries([...prepared.tasks].map(([name, all]) => [labelsInput(name), labelRows(all, examples)]));
}
