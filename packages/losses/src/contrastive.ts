import { add, mul, relu, square, sub, type Value } from '@sentence-mtl/program';
import { cosineDistance, type RowDistance } from './distance.ts';
import { knownNumbers } from './known-labels.ts';
import { rowLosses, type RowLosses } from './loss.ts';

export interface ContrastiveOptions {
  /** The distance from which pairs that are not alike add nothing; 0.5 by default. */
  readonly margin?: number;
  /** The cosine distance by default. */
  readonly distance?: RowDistance;
}

/**
 * `½·(y·d² + (1 − y)·max(margin − d, 0)²)` of each pair (Hadsell et al. 2006): pairs that are alike (y = 1) are to be
 * near, others (y = 0) apart.
 *
 * @param x (B, D)
 * @param y (B, D)
 * @param labels float32 (B): 1, 0, or NaN where missing
 */
export function contrastive(x: Value, y: Value, labels: Value, options: ContrastiveOptions = {}): RowLosses {
  const { margin = 0.5, distance = cosineDistance } = options;
  const { present, labels: known } = knownNumbers(labels);
  const d = distance(x, y); // (B)
  const alike = mul(known, square(d));
  const apart = mul(sub(1, known), square(relu(sub(margin, d))));
  return rowLosses(mul(add(alike, apart), 0.5), present);
}
