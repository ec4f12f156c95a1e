import { ArgumentError } from '@sentence-mtl/core';
import { sumOf } from '../label-counts.ts';
import { checkFinite, checkLengths } from '../labelled-rows.ts';

/** Predicted and true numbers of the rows that have one. */
export interface NumberPairs {
  readonly predictions: Float64Array;
  readonly labels: Float64Array;
}

/**
 * The rows whose number is known; NaN is a missing one.
 * @throws ArgumentError when lengths differ, a number is infinite, or a prediction is not finite
 */
export function numberPairs(predictions: ArrayLike<number>, labels: ArrayLike<number>): NumberPairs {
  checkLengths(predictions, labels);
  const known = { predictions: new Float64Array(labels.length), labels: new Float64Array(labels.length) };
  let count = 0;
  for (let row = 0; row < labels.length; row++) {
    const [prediction, label] = [predictions[row] ?? NaN, labels[row] ?? NaN];
    if (Number.isNaN(label)) continue;
    checkFinite(prediction, row);
    if (!Number.isFinite(label)) throw new ArgumentError(`the label of row ${row} is ${label}, not finite`);
    known.predictions[count] = prediction;
    known.labels[count] = label;
    count++;
  }
  return { predictions: known.predictions.subarray(0, count), labels: known.labels.subarray(0, count) };
}

/** Whether all numbers are the same. */
export function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

export function meanOf(values: Float64Array): number {
  return sumOf(values) / values.length;
}

/** The sum of squared distances from the mean. */
export function sumOfSquares(values: Float64Array): number {
  const mean = meanOf(values);
  let sum = 0;
  for (const value of values) sum += (value - mean) ** 2;
  return sum;
}

/** What is missing to the truth, by row. */
export function residuals({ predictions, labels }: NumberPairs): Float64Array {
  return labels.map((label, row) => label - (predictions[row] ?? NaN));
}
