// Labels as they stand in data, made into what a program is fed.
import { float32Tensor, int32Tensor, sizeOfShape, type HostTensor } from '@sentence-mtl/core';
import { LabelError, TaskConfigError } from './errors.ts';
import { kindOf, type Task } from './task-kinds.ts';

/** What stands in data where a row has no label of a task. */
const isMissing = (label: unknown): label is null | undefined => label === null || label === undefined;

/** How messages name a row: `train.jsonl:17`; by default `row 16`, from 0. */
export type PlaceOf = (row: number) => string;

const rowNumber: PlaceOf = (row) => `row ${row}`;

/** The label of a row as numbers; undefined where there is none. @throws LabelError where it is not one of the task's */
function labelRow(
  name: string,
  task: Task,
  label: unknown,
  row: number,
  placeOf: PlaceOf,
): readonly number[] | undefined {
  if (isMissing(label)) return undefined;
  const found = kindOf(task).labelRow(task, label);
  if (!('problem' in found)) return found;
  throw new LabelError(row, `${placeOf(row)}: label of task "${name}": ${found.problem}`);
}

/**
 * The tensor of labels of some rows, as `labelType` declares it; null and undefined are missing labels.
 *
 * @param placeOf names a row in messages
 * @throws LabelError with row, label and the nearest that the task has
 */
export function encodeLabels(
  name: string,
  task: Task,
  labels: readonly unknown[],
  placeOf: PlaceOf = rowNumber,
): HostTensor<'int32' | 'float32'> {
  const kind = kindOf(task);
  const { dtype, shape } = kind.labelType(task);
  const row = shape.slice(1).map(Number);
  const width = sizeOfShape(row);
  const data = (
    dtype === 'int32' ? new Int32Array(labels.length * width) : new Float32Array(labels.length * width)
  ).fill(kind.missingLabel);
  for (const [index, label] of labels.entries()) {
    const numbers = labelRow(name, task, label, index, placeOf);
    if (numbers !== undefined) data.set(numbers, index * width);
  }
  const tensorShape = [labels.length, ...row];
  return data instanceof Int32Array ? int32Tensor(data, tensorShape) : float32Tensor(data, tensorShape);
}

/**
 * The task as it is once the labels of the training split are known: a regression that standardises its targets learns
 * their scale; other tasks stay as they are.
 *
 * @throws LabelError as `encodeLabels` does
 * @throws TaskConfigError where there is nothing to fit to
 */
export function fitTask<T extends Task>(
  name: string,
  task: T,
  labels: readonly unknown[],
  placeOf: PlaceOf = rowNumber,
): T {
  const rows = labels.flatMap((label, index) => {
    const row = labelRow(name, task, label, index, placeOf);
    return row === undefined ? [] : [row];
  });
  try {
    return kindOf(task).fit(task, rows);
  } catch (error) {
    if (error instanceof TaskConfigError)
      throw new TaskConfigError(`task "${name}": ${error.message}`, { cause: error });
    throw error;
  }
}
