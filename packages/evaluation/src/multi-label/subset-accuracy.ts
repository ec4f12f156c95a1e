import type { Metric } from '../metric.ts';
import { meanOverTagRows } from './tag-rows.ts';

/**
 * The share of rows (N, L) whose tags are all right.
 * @throws ArgumentError when lengths differ or a tag is not 0 or 1
 */
export function subsetAccuracy(predictions: ArrayLike<number>, labels: ArrayLike<number>, labelCount: number): Metric {
  return meanOverTagRows(predictions, labels, labelCount, (row) =>
    Number(row.labels.every((label, at) => label === row.predictions[at])),
  );
}
