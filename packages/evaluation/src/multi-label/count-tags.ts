import { checkLabel, checkLengths, isMissing } from '../labelled-rows.ts';
import { emptyCounts, increment, type LabelCounts } from '../label-counts.ts';

/** Counts of rows that may have several labels, or none. */
export interface TagCounts extends LabelCounts {
  /** Tags of all rows that are known, true or not. */
  readonly tags: number;
}

/** Counts the tags that are not missing, in groups; `group` gets the label and how many known rows came before. */
function count(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  labelCount: number,
  { groups, group }: { groups: number; group: (label: number, knownRow: number) => number },
): TagCounts {
  checkLengths(predictions, labels);
  const counts = emptyCounts(groups);
  let [tags, rows, lastRow] = [0, 0, -1];
  for (let at = 0; at < labels.length; at++) {
    const [label, prediction] = [labels[at] ?? NaN, predictions[at] ?? NaN];
    if (isMissing(label)) continue;
    const row = Math.floor(at / labelCount);
    checkLabel(label, row, 2, 'label');
    checkLabel(prediction, row, 2, 'prediction');
    if (row > lastRow) rows++;
    lastRow = row;
    tags++;
    const place = group(at - row * labelCount, rows - 1);
    if (label === 1) increment(counts.labelled, place);
    if (prediction === 1) increment(counts.predicted, place);
    if (label + prediction === 2) increment(counts.truePositives, place);
  }
  return { ...counts, rows, tags };
}

/**
 * Counts predicted tags against true ones, both (N, L) of 0 and 1, by label. A tag that is missing on a row (negative or
 * NaN) does not count there.
 * @throws ArgumentError when lengths differ, or a tag or a prediction is not 0 or 1
 */
export function countTags(predictions: ArrayLike<number>, labels: ArrayLike<number>, labelCount: number): TagCounts {
  return count(predictions, labels, labelCount, { groups: labelCount, group: (label) => label });
}

/**
 * The same counts by row: in place of a label stands a row that has a known tag. A macro average of these over all is
 * the average over samples.
 * @throws ArgumentError when lengths differ, or a tag or a prediction is not 0 or 1
 */
export function countTagsByRow(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  labelCount: number,
): LabelCounts {
  const groups = labels.length / labelCount;
  const counts = count(predictions, labels, labelCount, { groups, group: (_, knownRow) => knownRow });
  return {
    rows: counts.rows,
    truePositives: counts.truePositives.subarray(0, counts.rows),
    predicted: counts.predicted.subarray(0, counts.rows),
    labelled: counts.labelled.subarray(0, counts.rows),
  };
}
