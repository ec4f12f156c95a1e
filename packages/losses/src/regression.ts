// Losses of numbers against targets of the same shape, (B) or (B, V); a target of NaN is missing. A row counts its
// present entries, so that the mean is that over all present entries.
import { abs, less, mul, square, sub, where, type Value } from '@sentence-mtl/program';
import { knownNumbers } from './known-labels.ts';
import { rowLosses, type RowLosses } from './loss.ts';

function ofError(outputs: Value, targets: Value, loss: (error: Value) => Value): RowLosses {
  const { present, labels } = knownNumbers(targets);
  return rowLosses(loss(sub(outputs, labels)), present);
}

/** e² of each error e. */
export const meanSquaredError = (outputs: Value, targets: Value): RowLosses => ofError(outputs, targets, square);

/** |e|; its gradient at 0 is 0. */
export const meanAbsoluteError = (outputs: Value, targets: Value): RowLosses => ofError(outputs, targets, abs);

function huberOf(error: Value, delta: number): Value {
  const size = abs(error);
  return where(less(size, delta), mul(square(error), 0.5), mul(sub(size, 0.5 * delta), delta));
}

/** ½e² up to |e| = δ, from there on δ·(|e| − ½δ) (Huber 1964). */
export const huber = (outputs: Value, targets: Value, delta: number): RowLosses =>
  ofError(outputs, targets, (error) => huberOf(error, delta));

/** Huber's loss divided by its border β: a slope of 1 far out. */
export const smoothL1 = (outputs: Value, targets: Value, beta: number): RowLosses =>
  ofError(outputs, targets, (error) => mul(huberOf(error, beta), 1 / beta));
