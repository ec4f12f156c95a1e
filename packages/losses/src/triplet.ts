import { add, relu, sub, type Value } from '@sentence-mtl/program';
import { euclideanDistance, type RowDistance } from './distance.ts';
import { rowLosses, type RowLosses } from './loss.ts';

export interface TripletOptions {
  /** By how much a negative is to be farther than the positive; 5 by default. */
  readonly margin?: number;
  /** The Euclidean distance by default. */
  readonly distance?: RowDistance;
  /** Bool (B): which rows are there. Left out, all are. */
  readonly present?: Value | undefined;
}

/**
 * `max(d(anchor, positive) − d(anchor, negative) + margin, 0)` of each triplet (Schroff et al. 2015); the defaults are
 * those of sentence-transformers' `TripletLoss`.
 *
 * @param anchor (B, D), as are the others
 */
export function triplet(anchor: Value, positive: Value, negative: Value, options: TripletOptions = {}): RowLosses {
  const { margin = 5, distance = euclideanDistance } = options;
  const losses = relu(add(sub(distance(anchor, positive), distance(anchor, negative)), margin));
  return rowLosses(losses, options.present);
}
