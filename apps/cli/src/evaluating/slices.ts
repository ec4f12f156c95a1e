import type { LabelValue, Row } from '@sentence-mtl/data';
import { nearestMatch } from '@sentence-mtl/core';
import { UsageError } from '../command-line/errors.ts';
import type { EvaluatedTask } from '../measure/evaluate-rows.ts';
import { measureTask, type MeasuredTask } from '../measure/measured-task.ts';
import { predictedOutputs } from '../measure/predicted-outputs.ts';
import { taskRows } from '../measure/task-rows.ts';

/** The rows with one value of a column. */
export interface Slice {
  readonly value: string;
  readonly rows: number;
  readonly tasks: Readonly<Record<string, MeasuredTask>>;
}

/** More slices are no slices. */
const MOST = 100;

function valueOf(row: Row, column: string): string {
  const label: LabelValue | undefined = row.labels[column];
  const value: unknown = label ?? row.columns[column];
  if (value === undefined || value === null || value === '') return '(none)';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

function checkColumn(rows: readonly Row[], column: string): void {
  const names = new Set(rows.flatMap(({ labels, columns }) => [...Object.keys(labels), ...Object.keys(columns)]));
  if (names.has(column)) return;
  const nearest = nearestMatch(column, names);
  const hint = nearest === undefined ? `the columns are ${[...names].join(', ')}` : `is ${nearest} meant?`;
  throw new UsageError(`--slice ${column}: there is no such column; ${hint}`);
}

function sliceOf(
  value: string,
  places: readonly number[],
  rows: readonly Row[],
  evaluated: ReadonlyMap<string, EvaluatedTask>,
  seed: number,
): Slice {
  const wanted = new Set(places);
  const tasks = [...evaluated].flatMap(([name, { own, predictions }]) => {
    const part = taskRows(
      name,
      own.task,
      places.flatMap((place) => rows[place] ?? []),
    );
    const ofPart = own.places.flatMap((place, index) => (wanted.has(place) ? (predictions[index] ?? []) : []));
    const outputs = part.places.length === 0 ? undefined : predictedOutputs(part, ofPart);
    return outputs === undefined ? [] : [[name, measureTask(outputs, seed)] as const];
  });
  return { value, rows: places.length, tasks: Object.fromEntries(tasks) };
}

/**
 * The metrics for each value of a column, the most frequent first.
 *
 * @throws UsageError where there is no such column, or it has too many values
 */
export function slicesBy(
  column: string,
  rows: readonly Row[],
  evaluated: ReadonlyMap<string, EvaluatedTask>,
  seed: number,
): readonly Slice[] {
  checkColumn(rows, column);
  const places = new Map<string, number[]>();
  rows.forEach((row, place) => {
    const value = valueOf(row, column);
    const own = places.get(value);
    if (own === undefined) places.set(value, [place]);
    else own.push(place);
  });
  if (places.size > MOST) {
    throw new UsageError(`--slice ${column}: it has ${places.size} values, and more than ${MOST} slices tell nothing`);
  }
  return [...places]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([value, own]) => sliceOf(value, own, rows, evaluated, seed));
}
