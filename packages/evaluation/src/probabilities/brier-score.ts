import { ArgumentError } from '@sentence-mtl/core';
import { noted, type Metric } from '../metric.ts';
import { binaryScores } from './binary-scores.ts';
import { meanOverRows, probabilityRows } from './class-probabilities.ts';

/**
 * The mean over rows of `Σ (p − y)²` over classes, from 0 (sure and right) to 2 (sure and wrong).
 * Brier, "Verification of forecasts expressed in terms of probability" (1950).
 * @throws ArgumentError when lengths do not fit, a label is not one of the classes, or a row does not add up to 1
 */
export function brierScore(probabilities: ArrayLike<number>, labels: ArrayLike<number>, labelCount: number): Metric {
  const rows = probabilityRows(probabilities, labels, labelCount);
  const mean = meanOverRows(rows, (row) => {
    let sum = 0;
    for (let label = 0; label < labelCount; label++) {
      sum += ((probabilities[row * labelCount + label] ?? NaN) - Number(labels[row] === label)) ** 2;
    }
    return sum;
  });
  return noted(mean, mean === undefined ? 'no-rows' : undefined);
}

/**
 * The mean of `(p − y)²` for labels of 1 and 0 and probabilities of 1: half the score of the same two classes.
 * @throws ArgumentError when lengths differ, a label is not 0 or 1, or a probability not from 0 to 1
 */
export function binaryBrierScore(probabilities: ArrayLike<number>, labels: ArrayLike<number>): Metric {
  const { positives, negatives } = binaryScores(probabilities, labels);
  const outside = [positives, negatives].flatMap((scores) => scores.find((p) => p < 0 || p > 1) ?? [])[0];
  if (outside !== undefined) throw new ArgumentError(`${outside} is no probability: it must be from 0 to 1`);
  const rows = positives.length + negatives.length;
  if (rows === 0) return noted(undefined, 'no-rows');
  const sum =
    positives.reduce((total, p) => total + (p - 1) ** 2, 0) + negatives.reduce((total, p) => total + p * p, 0);
  return { value: sum / rows };
}
