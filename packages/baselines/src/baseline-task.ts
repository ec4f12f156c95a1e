import { ArgumentError, unreachable } from '@sentence-mtl/core';

/** One label of L a row. A missing label is a negative number, such as the −100 of the losses, or NaN. */
export interface ClassTask {
  readonly kind: 'classification' | 'pair-classification';
  readonly labelCount: number;
  /** (N), of the rows to learn from. */
  readonly trainLabels: ArrayLike<number>;
  /** (M), of the rows to predict. */
  readonly testLabels: ArrayLike<number>;
}

/** Any of L tags a row, as 1 and 0. A missing tag is a negative number or NaN. */
export interface TagTask {
  readonly kind: 'multi-label';
  readonly labelCount: number;
  /** (N, L). */
  readonly trainLabels: ArrayLike<number>;
  /** (M, L). */
  readonly testLabels: ArrayLike<number>;
}

/** W numbers a row. A missing number is NaN. */
export interface NumberTask {
  readonly kind: 'regression' | 'pair-similarity';
  /** W: 1 unless given. */
  readonly width?: number;
  /** (N, W). */
  readonly trainLabels: ArrayLike<number>;
  /** (M, W). */
  readonly testLabels: ArrayLike<number>;
}

/** The labels of a task: what to learn from, and what predictions are measured by. */
export type BaselineTask = ClassTask | TagTask | NumberTask;

/** Does what fits the kind of a task. */
export function byKind<R>(
  task: BaselineTask,
  ways: {
    readonly classes: (task: ClassTask) => R;
    readonly tags: (task: TagTask) => R;
    readonly numbers: (task: NumberTask) => R;
  },
): R {
  switch (task.kind) {
    case 'classification':
    case 'pair-classification':
      return ways.classes(task);
    case 'multi-label':
      return ways.tags(task);
    case 'regression':
    case 'pair-similarity':
      return ways.numbers(task);
    default:
      return unreachable(task);
  }
}

/** A column of labels with one entry a row. */
export function columnOf(labels: ArrayLike<number>, width: number, column: number): Float64Array {
  return Float64Array.from({ length: labels.length / width }, (_, row) => labels[row * width + column] ?? NaN);
}

/**
 * The rows that have a label to learn from.
 * @throws ArgumentError when none has
 */
export function rowsToLearnFrom(labels: ArrayLike<number>, isKnown: (label: number) => boolean): Uint32Array {
  const rows = Uint32Array.from({ length: labels.length }, (_, row) => row).filter((row) =>
    isKnown(labels[row] ?? NaN),
  );
  if (rows.length === 0) throw new ArgumentError('no row has a label to learn from');
  return rows;
}
