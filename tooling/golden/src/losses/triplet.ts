import { add, mean, relu, sub, type Value } from '@sentence-mtl/program';
import { euclideanDistance, type RowDistance } from './distance.ts';

/** max(d(anchor, positive) − d(anchor, negative) + margin, 0), mean over the triplets (Schroff et al. 2015). */
export function triplet(
  anchor: Value,
  positive: Value,
  negative: Value,
  margin: number,
  distance: RowDistance = euclideanDistance,
): Value {
  return mean(relu(add(sub(distance(anchor, positive), distance(anchor, negative)), margin)));
}
