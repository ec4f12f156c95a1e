import { ArgumentError } from '@sentence-mtl/core';
import { checkLengths, labelledRows } from '../labelled-rows.ts';

/** How far the probabilities of a row may add up from 1: softmax in float32 or half precision stays within it. */
const TOLERANCE = 1e-2;

function checkRow(probabilities: ArrayLike<number>, row: number, labelCount: number): void {
  let sum = 0;
  for (let label = 0; label < labelCount; label++) {
    const probability = probabilities[row * labelCount + label] ?? NaN;
    sum += probability >= 0 && probability <= 1 + TOLERANCE ? probability : NaN;
  }
  if (Math.abs(sum - 1) <= TOLERANCE) return;
  const hint = 'give what softmax makes of the logits';
  throw new ArgumentError(`row ${row} does not hold probabilities from 0 to 1 that add up to 1; ${hint}`);
}

/**
 * The rows whose class is known, of probabilities (N, L).
 * @throws ArgumentError when lengths do not fit, a label is not one of the classes, or a row does not add up to 1
 */
export function probabilityRows(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  labelCount: number,
): Uint32Array {
  checkLengths(probabilities, labels, labelCount);
  const rows = labelledRows(labels, labelCount);
  for (const row of rows) checkRow(probabilities, row, labelCount);
  return rows;
}

/** The mean of a number over rows, or no value without rows. */
export function meanOverRows(rows: Uint32Array, of: (row: number) => number): number | undefined {
  if (rows.length === 0) return undefined;
  let sum = 0;
  for (const row of rows) sum += of(row);
  return sum / rows.length;
}
