import { cosineSimilarities, diagonal, lossValue, rowLosses } from '@sentence-mtl/losses';
import {
  cast,
  div,
  equal,
  expandDims,
  greater,
  logSumExp,
  logicalAnd,
  logicalNot,
  maximum,
  neg,
  sub,
  sum,
  where,
  type Value,
} from '@sentence-mtl/program';

/**
 * `−mean over the positives p of log softmax(cos(x_i, x_p) / T)`, mean over the anchors i that have a positive: L_out
 * of SupCon (Khosla et al. 2020, equation 2) with no base temperature. Rows (B, D), classes int32 (B).
 */
export function supervisedContrast(x: Value, classes: Value, temperature: number): Value {
  const self = diagonal(x); // (B, B)
  const positive = logicalAnd(equal(expandDims(classes, 1), expandDims(classes, 0)), logicalNot(self));
  const scores = where(self, -Infinity, div(cosineSimilarities(x, x), temperature));
  const logProbabilities = sub(scores, logSumExp(scores, -1, true));
  const count = sum(cast(positive, 'float32'), -1); // (B)
  const perAnchor = div(neg(sum(where(positive, logProbabilities, 0), -1)), maximum(count, 1));
  return lossValue(rowLosses(perAnchor, greater(count, 0)));
}
