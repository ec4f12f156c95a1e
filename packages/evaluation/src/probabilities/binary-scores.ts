// Metrics of how well scores separate two classes need no rows, only the scores of each class: sorting two arrays of
// numbers is several times faster than sorting rows.
import { checkFinite, checkLabel, checkLengths, isMissing, labelledRows } from '../labelled-rows.ts';

/** The scores of the rows that are positive and of those that are not, in any order. */
export interface BinaryScores {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** Where a column stands in scores (N, W) and labels (N, V), and which label is positive in it. */
interface Column {
  readonly score: number;
  readonly width: number;
  readonly label: number;
  readonly labelWidth: number;
  readonly positive: number;
}

function splitColumn(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  rows: Uint32Array,
  { score: scoreColumn, width, label: labelColumn, labelWidth, positive }: Column,
): BinaryScores {
  const [positives, negatives] = [new Float64Array(rows.length), new Float64Array(rows.length)];
  let [p, n] = [0, 0];
  for (const row of rows) {
    const score = scores[row * width + scoreColumn] ?? NaN;
    checkFinite(score, row);
    if (labels[row * labelWidth + labelColumn] === positive) positives[p++] = score;
    else negatives[n++] = score;
  }
  return { positives: positives.slice(0, p), negatives: negatives.subarray(0, n) };
}

/**
 * Splits scores by labels of 1 and 0. Rows with a missing label (negative or NaN) do not count.
 * @throws ArgumentError when lengths differ, a label is not 0 or 1, or a score is not finite
 */
export function binaryScores(scores: ArrayLike<number>, labels: ArrayLike<number>): BinaryScores {
  checkLengths(scores, labels);
  const rows = labelledRows(labels, 2);
  return splitColumn(scores, labels, rows, { score: 0, width: 1, label: 0, labelWidth: 1, positive: 1 });
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
    const column = { score: label, width: labelCount, label: 0, labelWidth: 1, positive: label };
    yield splitColumn(scores, labels, rows, column);
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
  const all = Uint32Array.from({ length: labels.length / labelCount }, (_, row) => row);
  for (let tag = 0; tag < labelCount; tag++) {
    const known = all.filter((row) => !isMissing(labels[row * labelCount + tag] ?? NaN));
    for (const row of known) checkLabel(labels[row * labelCount + tag] ?? NaN, row, 2, 'label');
    const column = { score: tag, width: labelCount, label: tag, labelWidth: labelCount, positive: 1 };
    yield splitColumn(scores, labels, known, column);
  }
}
