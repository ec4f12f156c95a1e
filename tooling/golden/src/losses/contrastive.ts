// Pairs that are alike (label 1) or not (0), both embeddings (B, D), labels float32 (B).
import {
  add,
  cast,
  equal,
  greater,
  less,
  logicalAnd,
  max,
  mean,
  min,
  mul,
  relu,
  square,
  sub,
  sum,
  where,
  type Value,
} from '@sentence-mtl/program';
import { cosineDistance, type RowDistance } from './distance.ts';
import { meanOver } from './mean-over.ts';

export interface ContrastiveOptions {
  readonly margin?: number;
  readonly distance?: RowDistance;
}

/** ½·(y·d² + (1 − y)·max(margin − d, 0)²) of each pair (Hadsell et al. 2006). */
export function contrastiveOf(x: Value, y: Value, labels: Value, options: ContrastiveOptions = {}): Value {
  const { margin = 0.5, distance = cosineDistance } = options;
  const d = distance(x, y); // (B)
  const alike = mul(labels, square(d));
  const apart = mul(sub(1, labels), square(relu(sub(margin, d))));
  return mul(add(alike, apart), 0.5);
}

/** Mean over the pairs. */
export const contrastive = (x: Value, y: Value, labels: Value, options: ContrastiveOptions = {}): Value =>
  mean(contrastiveOf(x, y, labels, options));

/** A bound over the selected entries, or the mean of the others where none is selected. */
function border(extreme: Value, selected: Value, d: Value, others: Value): Value {
  return where(greater(sum(cast(selected, 'float32')), 0), extreme, meanOver(d, others));
}

/**
 * d² of the positives beyond the nearest negative plus max(margin − d, 0)² of the negatives nearer than the farthest
 * positive; a sum, no mean. Without pairs of the other kind the mean of the own kind is the border.
 */
export function onlineContrastive(x: Value, y: Value, labels: Value, options: ContrastiveOptions = {}): Value {
  const { margin = 0.5, distance = cosineDistance } = options;
  const d = distance(x, y); // (B)
  const [positive, negative] = [equal(labels, 1), equal(labels, 0)];
  const farthestPositive = border(max(where(positive, d, -Infinity)), positive, d, negative);
  const nearestNegative = border(min(where(negative, d, Infinity)), negative, d, positive);
  const hardPositive = logicalAnd(positive, greater(d, nearestNegative));
  const hardNegative = logicalAnd(negative, less(d, farthestPositive));
  return add(sum(where(hardPositive, square(d), 0)), sum(where(hardNegative, square(relu(sub(margin, d))), 0)));
}
