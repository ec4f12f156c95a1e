import {
  add,
  cast,
  equal,
  greater,
  less,
  logicalAnd,
  max,
  min,
  relu,
  square,
  sub,
  sum,
  where,
  type Value,
} from '@sentence-mtl/program';
import type { ContrastiveOptions } from './contrastive.ts';
import { cosineDistance } from './distance.ts';
import { lossValue, rowLosses, type BatchLoss } from './loss.ts';

/** A bound over the selected entries, or the mean of the others where none is selected. */
function border(extreme: Value, selected: Value, d: Value, others: Value): Value {
  const any = greater(sum(cast(selected, 'float32')), 0);
  return where(any, extreme, lossValue(rowLosses(d, others)));
}

/**
 * d² of the positives beyond the nearest negative plus max(margin − d, 0)² of the negatives nearer than the farthest
 * positive: sentence-transformers' `OnlineContrastiveLoss`, a sum and no mean. Without pairs of the other kind the mean
 * of the own kind is the border. Operands as in `contrastive`.
 */
export function onlineContrastive(x: Value, y: Value, labels: Value, options: ContrastiveOptions = {}): BatchLoss {
  const { margin = 0.5, distance = cosineDistance } = options;
  const d = distance(x, y); // (B)
  const [positive, negative] = [equal(labels, 1), equal(labels, 0)];
  const farthestPositive = border(max(where(positive, d, -Infinity)), positive, d, negative);
  const nearestNegative = border(min(where(negative, d, Infinity)), negative, d, positive);
  const hardPositive = logicalAnd(positive, greater(d, nearestNegative));
  const hardNegative = logicalAnd(negative, less(d, farthestPositive));
  const far = sum(where<'float32'>(hardPositive, square(d), 0));
  const near = sum(where<'float32'>(hardNegative, square(relu(sub(margin, d))), 0));
  return { scope: 'batch', value: add<'float32'>(far, near) };
}
