import { checkLabel, checkLengths, isMissing } from '../labelled-rows.ts';
import { noted, type Metric } from '../metric.ts';

/** A row's known tags: which it has, and what was predicted or scored for each. */
export interface TagRow {
  readonly row: number;
  readonly labels: readonly number[];
  readonly predictions: readonly number[];
}

/**
 * The rows (N, L) that have a known tag, without their missing ones (negative or NaN).
 * @throws ArgumentError when lengths differ or a tag is not 0 or 1
 */
function* tagRows(predictions: ArrayLike<number>, labels: ArrayLike<number>, labelCount: number): Generator<TagRow> {
  checkLengths(predictions, labels);
  for (let row = 0; row * labelCount < labels.length; row++) {
    const places = Array.from({ length: labelCount }, (_, label) => row * labelCount + label);
    const known = places.filter((at) => !isMissing(labels[at] ?? NaN));
    for (const at of known) checkLabel(labels[at] ?? NaN, row, 2, 'label');
    const of = (values: ArrayLike<number>): number[] => known.map((at) => values[at] ?? NaN);
    if (known.length > 0) yield { row, labels: of(labels), predictions: of(predictions) };
  }
}

/**
 * The mean of a number over the rows that have a known tag.
 * @throws ArgumentError when lengths differ or a tag is not 0 or 1
 */
export function meanOverTagRows(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  labelCount: number,
  of: (row: TagRow) => number,
): Metric {
  let [sum, rows] = [0, 0];
  for (const row of tagRows(predictions, labels, labelCount)) {
    sum += of(row);
    rows++;
  }
  return rows === 0 ? noted(undefined, 'no-rows') : { value: sum / rows };
}
