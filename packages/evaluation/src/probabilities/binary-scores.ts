// Metrics of how well scores separate two classes need no rows, only the scores of each class: sorting two arrays of
// numbers is several times faster than sorting rows.
import { checkFinite, checkLabel, checkLengths, isMissing, labelledRows } from '../labelled-rows.ts';

/** The scores of the rows that are positive and of those that are not, in any order. */
export interface BinaryScores {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

function split(scores: Float64Array, isPositive: (at: number) => boolean): BinaryScores {
  return {
    positives: scores.filter((_, at) => isPositive(at)),
    negatives: scores.filter((_, at) => !isPositive(at)),
  };
}

function gather(
  scores: ArrayLike<number>,
  rows: readonly number[] | Uint32Array,
  place: (row: number) => number,
): Float64Array {
  return Float64Array.from(rows, (row) => {
    const score = scores[place(row)] ?? NaN;
    checkFinite(score, row);
    return score;
  });
}

/**
 * Splits scores by labels of 1 and 0. Rows with a missing label (negative or NaN) do not count.
 * @throws ArgumentError when lengths differ, a label is not 0 or 1, or a score is not finite
 */
export function binaryScores(scores: ArrayLike<number>, labels: ArrayLike<number>): BinaryScores {
  checkLengths(scores, labels);
  const rows = labelledRows(labels, 2);
  return split(
    gather(scores, rows, (row) => row),
    (at) => labels[rows[at] ?? 0] === 1,
  );
}

/**
 * For each class its scores (N, L) on the rows of that class, and on the others.
 * @throws ArgumentError when lengths do not fit, a label is not one of the classes, or a score is not finite
 */
export function* oneVersusRest(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  labelCount: number,
): Generator<BinaryScores> {
  checkLengths(scores, labels, labelCount);
  const rows = labelledRows(labels, labelCount);
  for (let label = 0; label < labelCount; label++) {
    const column = gather(scores, rows, (row) => row * labelCount + label);
    yield split(column, (at) => labels[rows[at] ?? 0] === label);
  }
}

/**
 * For each tag its scores (N, L) on the rows that have it, and on those that have not. A tag that is missing on a row
 * (negative or NaN) does not count there.
 * @throws ArgumentError when lengths differ, a label is not 0 or 1, or a score is not finite
 */
export function* tagScores(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  labelCount: number,
): Generator<BinaryScores> {
  checkLengths(scores, labels);
  const rowCount = labels.length / labelCount;
  for (let label = 0; label < labelCount; label++) {
    const place = (row: number): number => row * labelCount + label;
    const rows = Array.from({ length: rowCount }, (_, row) => row).filter(
      (row) => !isMissing(labels[place(row)] ?? NaN),
    );
    for (const row of rows) checkLabel(labels[place(row)] ?? NaN, row, 2, 'label');
    yield split(gather(scores, rows, place), (at) => labels[place(rows[at] ?? 0)] === 1);
  }
}
