// Rankings of scored pairs: of two pairs, the one with the higher label should have the higher similarity. No sorting:
// every pair of pairs stands in one (B, B) matrix, those that are not strictly ordered masked out.
import {
  abs, add, dimensionAt, div, expandDims, less, logSumExp, mean, mul, pad, reshape, slice, square, sub, sum, where,
  type Value,
} from '@sentence-mtl/program';
import { cosineOf, dotOf, normalize } from './similarity.ts';

/** Similarity of two embeddings, row by row. */
export type RowSimilarity = (x: Value, y: Value) => Value;

/** Mean squared error of the cosine against a label (B). */
export const cosineSimilarityLoss = (x: Value, y: Value, labels: Value): Value =>
  mean(square(sub(cosineOf(x, y), labels)));

/** `log(1 + Σ exp(scale·(s_i − s_j)))` over all i, j whose labels are y_i < y_j (Huang et al. 2024). */
export function cosent(x: Value, y: Value, labels: Value, scale: number, similarity: RowSimilarity = cosineOf): Value {
  const scaled = mul(similarity(x, y), scale); // (B)
  const rise = sub(expandDims(scaled, 1), expandDims(scaled, 0)); // (B, B)
  const ordered = less(expandDims(labels, 1), expandDims(labels, 0));
  const exponents = reshape(where(ordered, rise, -Infinity), [-1]);
  return logSumExp(pad(exponents, 0, 1, 0)); // the padded 0 is the 1 of log(1 + …)
}

/** |cos + sin| of the angle between embeddings seen as complex vectors: dimension i pairs with i + D/2 (Li and Li 2024). */
export function angleSimilarity(x: Value, y: Value): Value {
  const width = dimensionAt(x.shape, 1);
  if (typeof width !== 'number') throw new TypeError(`angleSimilarity: the embedding's width is ${width}; it must be fixed`);
  const [u, v] = [x, y].map((side) => normalize(width % 2 === 0 ? side : pad(side, 1, 0, 1)));
  const half = Math.ceil(width / 2);
  if (u === undefined || v === undefined) throw new TypeError('unreachable');
  const sine = sub(dotOf(slice(u, 1, half, 2 * half), slice(v, 1, 0, half)), dotOf(slice(u, 1, 0, half), slice(v, 1, half, 2 * half)));
  return abs(add(dotOf(u, v), sine));
}

/** CoSENT with the angle similarity. */
export const angle = (x: Value, y: Value, labels: Value, scale: number): Value => cosent(x, y, labels, scale, angleSimilarity);
