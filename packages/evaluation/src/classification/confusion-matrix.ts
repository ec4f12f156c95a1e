import { checkLabel, checkLengths, labelledRows } from '../labelled-rows.ts';
import { increment } from '../label-counts.ts';

export interface ConfusionMatrix {
  readonly labelCount: number;
  /** (L, L), row after row: how many rows of the true class of this row were given the class of this column. */
  readonly counts: Uint32Array;
  /** Rows that have a label: the sum of the counts. */
  readonly rows: number;
}

/**
 * How often each class was taken for each. Rows with a missing label (negative or NaN) do not count.
 * @throws ArgumentError when lengths differ, or a label or a prediction is not one of 0 … labelCount − 1
 */
export function confusionMatrix(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  labelCount: number,
): ConfusionMatrix {
  checkLengths(predictions, labels);
  const rows = labelledRows(labels, labelCount);
  const counts = new Uint32Array(labelCount * labelCount);
  for (const row of rows) {
    const prediction = predictions[row] ?? NaN;
    checkLabel(prediction, row, labelCount, 'prediction');
    increment(counts, (labels[row] ?? 0) * labelCount + prediction);
  }
  return { labelCount, counts, rows: rows.length };
}
