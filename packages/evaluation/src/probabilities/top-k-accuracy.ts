import { ArgumentError } from '@sentence-mtl/core';
import { checkFinite, checkLengths, labelledRows } from '../labelled-rows.ts';
import { noted, type Metric } from '../metric.ts';
import { meanOverRows } from './class-probabilities.ts';

/** How many classes of a row come before its true one; of equal scores the lower number comes first. */
function rankOf(scores: ArrayLike<number>, row: number, label: number, labelCount: number): number {
  const own = scores[row * labelCount + label] ?? NaN;
  let rank = 0;
  for (let other = 0; other < labelCount; other++) {
    const score = scores[row * labelCount + other] ?? NaN;
    checkFinite(score, row);
    if (score > own || (score === own && other < label)) rank++;
  }
  return rank;
}

/**
 * The share of rows whose true class is among the k with the highest scores (N, L).
 * @throws ArgumentError when lengths do not fit, a label is not one of the classes, a score is not finite, or k is not
 *   an integer from 1
 */
export function topKAccuracy(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  labelCount: number,
  k: number,
): Metric {
  if (!Number.isInteger(k) || k < 1) throw new ArgumentError(`top ${k} accuracy: k must be an integer from 1`);
  checkLengths(scores, labels, labelCount);
  const rows = labelledRows(labels, labelCount);
  const value = meanOverRows(rows, (row) => Number(rankOf(scores, row, labels[row] ?? 0, labelCount) < k));
  return noted(value, value === undefined ? 'no-rows' : k >= labelCount ? 'always-right' : undefined);
}
