import { ArgumentError } from '@sentence-mtl/core';

/** Whether a class or tag is missing: a negative number, such as the −100 of the losses, or NaN. */
export function isMissing(label: number): boolean {
  return !(label >= 0);
}

/** @throws ArgumentError unless there are as many predictions as labels, `width` a row */
export function checkLengths(predictions: ArrayLike<unknown>, labels: ArrayLike<unknown>, width = 1): void {
  if (predictions.length === labels.length * width) return;
  const wanted = width === 1 ? `${labels.length}` : `${labels.length} × ${width}`;
  throw new ArgumentError(`there are ${predictions.length} predictions for ${labels.length} labels; give ${wanted}`);
}

/** @throws ArgumentError unless it is the number of one of the labels */
export function checkLabel(label: number, row: number, labelCount: number, what: 'label' | 'prediction'): void {
  if (Number.isInteger(label) && label >= 0 && label < labelCount) return;
  const hint = what === 'label' ? '; a missing label is a negative number' : '';
  throw new ArgumentError(`${what} ${label} of row ${row} is not one of 0 to ${labelCount - 1}${hint}`);
}

/** @throws ArgumentError unless a score, a probability or a predicted number is finite */
export function checkFinite(value: number, row: number): void {
  if (!Number.isFinite(value)) throw new ArgumentError(`the prediction of row ${row} is ${value}; it must be finite`);
}

/**
 * The rows whose class is known; a negative label or NaN is a missing one.
 * @throws ArgumentError for any other label that is not one of 0 … labelCount − 1
 */
export function labelledRows(labels: ArrayLike<number>, labelCount: number): Uint32Array {
  const rows = new Uint32Array(labels.length);
  let count = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? NaN;
    if (isMissing(label)) continue;
    checkLabel(label, row, labelCount, 'label');
    rows[count++] = row;
  }
  return rows.subarray(0, count);
}
