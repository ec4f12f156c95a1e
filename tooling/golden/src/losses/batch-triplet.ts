// Triplets mined from one batch of labelled rows (Hermans et al. 2017): embeddings (B, D), classes int32 (B). All
// comparisons stand in (B, B) matrices, or (B, B, B) where a triplet needs three indices.
import { diagonal, euclideanDistances, type PairDistances } from '@sentence-mtl/losses';
import {
  add,
  cast,
  div,
  equal,
  expandDims,
  greater,
  less,
  logicalAnd,
  logicalNot,
  max,
  maximum,
  mean,
  min,
  relu,
  softplus,
  sub,
  sum,
  where,
  type Value,
} from '@sentence-mtl/program';

interface Pairs {
  /** Distances of all pairs, (B, B). */
  readonly distances: Value;
  /** Another row of the same class. */
  readonly positive: Value<'bool'>;
  /** A row of another class. */
  readonly negative: Value<'bool'>;
}

function pairsOf(x: Value, classes: Value, distance: PairDistances): Pairs {
  const sameClass = equal(expandDims(classes, 1), expandDims(classes, 0));
  return {
    distances: distance(x),
    positive: logicalAnd(sameClass, logicalNot(diagonal(x))),
    negative: logicalNot(sameClass),
  };
}

/** Distance to the farthest positive less that to the nearest negative, of each row; see the two losses below. */
function hardestGap(x: Value, classes: Value, distance: PairDistances): Value {
  const { distances, positive, negative } = pairsOf(x, classes, distance);
  const hardestPositive = max(where(positive, distances, 0), 1); // (B)
  // Other rows are moved behind the farthest; a row without any negative is left with its own distance, moved.
  const moved = add(distances, max(distances, 1, true));
  const hardestNegative = min(where(negative, distances, moved), 1);
  return sub(hardestPositive, hardestNegative);
}

/** max(gap + margin, 0), mean over the rows. */
export const batchHardTriplet = (
  x: Value,
  classes: Value,
  margin: number,
  distance: PairDistances = euclideanDistances,
): Value => mean(relu(add(hardestGap(x, classes, distance), margin)));

/** log(1 + e^gap), mean over the rows: a margin without a corner. */
export const batchHardSoftMarginTriplet = (
  x: Value,
  classes: Value,
  distance: PairDistances = euclideanDistances,
): Value => mean(softplus(hardestGap(x, classes, distance)));

/** max(d_ap − d_an + margin, 0) of all triplets, mean over those above 0. */
export function batchAllTriplet(
  x: Value,
  classes: Value,
  margin: number,
  distance: PairDistances = euclideanDistances,
): Value {
  const { distances, positive, negative } = pairsOf(x, classes, distance);
  const violation = add(sub(expandDims(distances, 2), expandDims(distances, 1)), margin); // (anchor, positive, negative)
  const valid = logicalAnd(expandDims(positive, 2), expandDims(negative, 1));
  const losses = relu(where(valid, violation, 0));
  const count = sum(cast(greater(losses, 0), 'float32'));
  return div(sum(losses), maximum(count, 1));
}

/**
 * max(d_ap − d_an + margin, 0) over all positives, with the nearest negative that is farther than the positive or,
 * where there is none, the farthest negative; mean over the positives.
 */
export function batchSemiHardTriplet(
  x: Value,
  classes: Value,
  margin: number,
  distance: PairDistances = euclideanDistances,
): Value {
  const { distances, positive, negative } = pairsOf(x, classes, distance);
  const ofNegative = expandDims(distances, 1); // (anchor, 1, negative)
  const farther = logicalAnd(expandDims(negative, 1), less(expandDims(distances, 2), ofNegative)); // (B, B, B)
  const nearestFarther = min(where(farther, ofNegative, Infinity), 2); // (B, B)
  // Measured from the row's smallest distance, so that a row without negatives gets that one.
  const smallest = min(distances, 1, true);
  const farthest = add(max(where(negative, sub(distances, smallest), 0), 1, true), smallest); // (B, 1)
  const semiHard = where(less(nearestFarther, Infinity), nearestFarther, farthest);
  const losses = relu(where(positive, add(sub(distances, semiHard), margin), 0));
  return div(sum(losses), maximum(sum(cast(positive, 'float32')), 1));
}
