// How far apart two embeddings are, row by row, (B, D) and (B, D) to (B), and of all pairs of one batch, (B, D) to (B, B).
import {
  abs,
  add,
  dimensionAt,
  equal,
  expandDims,
  greater,
  maximum,
  mul,
  range,
  sqrt,
  square,
  sub,
  sum,
  where,
  type Value,
} from '@sentence-mtl/program';
import { cosineSimilarities, cosineSimilarity, dotProducts } from './similarity.ts';

/** Distances of matching rows. */
export type RowDistance = (x: Value, y: Value) => Value;
/** Distances of all pairs of rows. */
export type PairDistances = (x: Value) => Value;

/** Added to a difference by PyTorch's `pairwise_distance`, so that its norm has a slope everywhere. */
const PAIRWISE_SHIFT = 1e-6;

/** Square root whose gradient at 0 is 0, not infinite. */
function safeSqrt(x: Value): Value {
  const positive = greater(x, 0);
  return where(positive, sqrt(where(positive, x, 1)), 0);
}

/** 1 − cos(x, y). */
export const cosineDistance: RowDistance = (x, y) => sub(1, cosineSimilarity(x, y));

/** ‖x − y‖₂; the gradient at 0 is 0. */
export const euclideanDistance: RowDistance = (x, y) => safeSqrt(sum(square(sub(x, y)), -1));

/** ‖x − y‖₁. */
export const manhattanDistance: RowDistance = (x, y) => sum(abs(sub(x, y)), -1);

/** ‖x − y + 1e-6‖₂, as PyTorch's `pairwise_distance` and with it sentence-transformers' contrastive loss has it. */
export const shiftedEuclideanDistance: RowDistance = (x, y) => euclideanDistance(add(x, PAIRWISE_SHIFT), y);

/** ‖x − y + 1e-6‖₁, as `pairwise_distance` has it. */
export const shiftedManhattanDistance: RowDistance = (x, y) => manhattanDistance(add(x, PAIRWISE_SHIFT), y);

/** True on the diagonal: (B, B) for a batch of B rows. */
export function diagonal(x: Value): Value<'bool'> {
  const rows = range(dimensionAt(x.shape, 0));
  return equal(expandDims(rows, 1), expandDims(rows, 0));
}

/** 1 − cos of all pairs. */
export const cosineDistances: PairDistances = (x) => sub(1, cosineSimilarities(x, x));

/** ‖xᵢ − xⱼ‖₂ of all pairs by |xᵢ|² − 2·xᵢxⱼ + |xⱼ|²; exactly 0 on the diagonal, where no gradient passes. */
export const euclideanDistances: PairDistances = (x) => {
  const same = diagonal(x);
  const products = dotProducts(x, x); // (B, B)
  const squares = sum(where(same, products, 0), -1); // (B)
  const squared = sub(add(expandDims(squares, 1), expandDims(squares, 0)), mul(products, 2));
  return safeSqrt(where(same, 0, maximum(squared, 0)));
};
