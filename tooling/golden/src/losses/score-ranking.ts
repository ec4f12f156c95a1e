// Rankings of scored pairs: of two pairs, the one with the higher label should have the higher similarity. No sorting:
// every pair of pairs stands in one (B, B) matrix, those that are not strictly ordered masked out.
import {
  abs,
  add,
  dimensionAt,
  expandDims,
  less,
  logSumExp,
  mul,
  pad,
  reshape,
  slice,
  sub,
  where,
  type Value,
} from '@sentence-mtl/program';
import { meanSquaredError } from './regression.ts';
import { cosineOf, dotOf, normalize } from './similarity.ts';

/** Similarity of two embeddings, row by row. */
export type RowSimilarity = (x: Value, y: Value) => Value;

/** Mean squared error of the cosine against a label (B). */
export const cosineRegression = (x: Value, y: Value, labels: Value): Value => meanSquaredError(cosineOf(x, y), labels);

/** `log(1 + Σ exp(scale·(s_i − s_j)))` over all i, j whose labels are y_i < y_j (Huang et al. 2024). */
export function cosent(x: Value, y: Value, labels: Value, scale: number, similarity: RowSimilarity = cosineOf): Value {
  const scaled = mul(similarity(x, y), scale); // (B)
  const rise = sub(expandDims(scaled, 1), expandDims(scaled, 0)); // (B, B)
  const ordered = less(expandDims(labels, 1), expandDims(labels, 0));
  const exponents = reshape(where(ordered, rise, -Infinity), [-1]);
  return logSumExp(pad(exponents, 0, 1, 0)); // the padded 0 is the 1 of log(1 + …)
}

/** The first and the second half of unit vectors, (B, ⌈D/2⌉) each; an odd width is padded with one zero. */
function halves(x: Value): [first: Value, second: Value] {
  const width = dimensionAt(x.shape, 1);
  if (typeof width !== 'number')
    throw new TypeError(`angleSimilarity: the width ${width} of an embedding must be a number`);
  const half = Math.ceil(width / 2);
  const unit = pad(normalize(x), 1, 0, 2 * half - width);
  return [slice(unit, 1, 0, half), slice(unit, 1, half, 2 * half)];
}

/** |cos + sin| of embeddings seen as complex vectors: dimension i pairs with i + D/2 (Li and Li 2024). */
const angleSimilarity: RowSimilarity = (x, y) => {
  const [realX, imaginaryX] = halves(x);
  const [realY, imaginaryY] = halves(y);
  const sine = sub(dotOf(imaginaryX, realY), dotOf(realX, imaginaryY));
  return abs(add(cosineOf(x, y), sine));
};

/** CoSENT with the angle similarity. */
export const angle = (x: Value, y: Value, labels: Value, scale: number): Value =>
  cosent(x, y, labels, scale, angleSimilarity);
