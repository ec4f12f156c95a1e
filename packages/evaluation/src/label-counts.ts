import { checkLabel, checkLengths, labelledRows } from './labelled-rows.ts';

/** What precision, recall and F1 are made of: of each of L labels, how many rows have it, were given it, and both. */
export interface LabelCounts {
  /** Rows that have a label. */
  readonly rows: number;
  /** (L): rows that have the label and were given it. */
  readonly truePositives: Uint32Array;
  /** (L): rows that were given the label. */
  readonly predicted: Uint32Array;
  /** (L): rows that have the label; the label's support. */
  readonly labelled: Uint32Array;
}

/** Counts of rows that have exactly one label each and were given exactly one. */
export interface ClassCounts extends LabelCounts {
  readonly exclusive: true;
}

export function emptyCounts(labelCount: number): Omit<LabelCounts, 'rows'> {
  return {
    truePositives: new Uint32Array(labelCount),
    predicted: new Uint32Array(labelCount),
    labelled: new Uint32Array(labelCount),
  };
}

/** Adds one to a label's count. */
export function increment(counts: Uint32Array, label: number): void {
  counts[label] = (counts[label] ?? 0) + 1;
}

/**
 * Counts predicted classes against true ones, both numbers from 0 to labelCount − 1. Rows with a missing label (negative
 * or NaN) do not count.
 * @throws ArgumentError when lengths differ, or a label or a prediction is not one of the labels
 */
export function countClasses(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  labelCount: number,
): ClassCounts {
  checkLengths(predictions, labels);
  const rows = labelledRows(labels, labelCount);
  const counts = emptyCounts(labelCount);
  for (const row of rows) {
    const [prediction, label] = [predictions[row] ?? NaN, labels[row] ?? NaN];
    checkLabel(prediction, row, labelCount, 'prediction');
    increment(counts.labelled, label);
    increment(counts.predicted, prediction);
    if (label === prediction) increment(counts.truePositives, label);
  }
  return { ...counts, rows: rows.length, exclusive: true };
}

export function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum;
}
