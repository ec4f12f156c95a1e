// Where a loss is a sum over rows, a batch may be cut into micro-batches and the parts added up, exactly: each part
// divides its sum by the total of the whole batch. A loss whose rows compare themselves with each other may not be cut.
import { broadcastTo, cast, div, greater, scalar, sum, where, type Value } from '@sentence-mtl/program';

/** A loss that is a sum over rows: what a row adds depends on that row alone. */
export interface RowLosses {
  readonly scope: 'rows';
  /** (B): the loss of each row, its weight included; 0 where the row has no label. */
  readonly values: Value<'float32'>;
  /** (B): what each row counts in the mean. It follows from the labels alone; 0 where there is none. */
  readonly weights: Value<'float32'>;
}

/** A loss of a batch as a whole: its rows compare themselves with each other, so cutting the batch changes it. */
export interface BatchLoss {
  readonly scope: 'batch';
  /** A scalar. */
  readonly value: Value<'float32'>;
}

export type Loss = RowLosses | BatchLoss;

function sumOfRow(x: Value<'float32'>): Value<'float32'> {
  const axes = x.shape.flatMap((_, axis) => (axis > 0 ? [axis] : []));
  return axes.length === 0 ? x : sum(x, axes);
}

/**
 * Losses of rows (B) or of their entries (B, …) as a loss that is a sum over rows, in which a row counts its entries.
 *
 * @param present bool of the same shape: what is not present counts nowhere; left out, all is
 */
export function rowLosses(losses: Value, present?: Value): RowLosses {
  const chosen = present === undefined ? losses : where(present, losses, 0);
  const counts = present === undefined ? broadcastTo(scalar(1, 'float32'), losses.shape) : cast(present, 'float32');
  return { scope: 'rows', values: sumOfRow(chosen as Value<'float32'>), weights: sumOfRow(counts) };
}

/**
 * The loss as a scalar: `Σ values / total` for a loss of rows. Left out, the total is that of these rows themselves,
 * `Σ weights`, which makes it their mean; fed as the total of a batch of which these rows are a part, the parts' losses
 * and gradients add up to those of the batch. With a total of 0 the loss and its gradients are exactly 0.
 *
 * @param total float32 (); a loss of the batch has none
 */
export function lossValue(loss: Loss, total?: Value): Value<'float32'> {
  if (loss.scope === 'batch') return loss.value;
  const divisor = total ?? sum(loss.weights);
  return div(sum(loss.values), where(greater(divisor, 0), divisor, 1));
}
