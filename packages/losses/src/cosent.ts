import { expandDims, less, logSumExp, mul, pad, reshape, sub, where, type Value } from '@sentence-mtl/program';
import type { BatchLoss } from './loss.ts';

/**
 * `log(1 + Σ exp(scale·(s_i − s_j)))` over all i, j whose labels are y_i < y_j (Huang et al. 2024): of two pairs of
 * texts, the one with the higher label should have the higher similarity. No sorting: every pair of pairs stands in one
 * (B, B) matrix, those that are not strictly ordered masked out.
 *
 * @param similarities (B), such as `cosineSimilarity(x, y)`
 * @param labels float32 (B); NaN is missing, and ordered with nothing
 * @param scale 20 in sentence-transformers
 */
export function cosent(similarities: Value, labels: Value, scale: number): BatchLoss {
  const scaled = mul(similarities, scale); // (B)
  const rise = sub(expandDims(scaled, 1), expandDims(scaled, 0)); // (B, B)
  const ordered = less(expandDims(labels, 1), expandDims(labels, 0));
  const exponents = reshape(where(ordered, rise, -Infinity), [-1]);
  return { scope: 'batch', value: logSumExp(pad(exponents, 0, 1, 0)) }; // the padded 0 is the 1 of log(1 + …)
}
