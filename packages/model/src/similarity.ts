import { ShapeError, unreachable } from '@sentence-mtl/core';
import { normalizeRowsInPlace } from './normalize-rows.ts';

/** Rows of numbers, such as float32 embeddings: row-major. */
export interface Matrix {
  readonly shape: readonly [rows: number, columns: number];
  readonly data: Float32Array;
}

/** How alike two embeddings are; of the distances the negative, so that more is always more alike. */
export type SimilarityMeasure = 'cosine' | 'dot' | 'euclidean' | 'manhattan';

/** The similarity of two vectors of one length. */
type Score = (a: Float32Array, b: Float32Array) => number;

const dot: Score = (a, b) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

const euclidean: Score = (a, b) => {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return -Math.sqrt(squares);
};

const manhattan: Score = (a, b) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return -sum;
};

/** The function that scores rows once `prepareRows` has had them. */
export function scoreOf(measure: SimilarityMeasure): Score {
  switch (measure) {
    case 'cosine':
    case 'dot':
      return dot;
    case 'euclidean':
      return euclidean;
    case 'manhattan':
      return manhattan;
    default:
      return unreachable(measure);
  }
}

/** Views of the rows of a matrix; for the cosine, of a copy with rows of length 1. */
export function prepareRows(
  { shape: [rows, columns], data }: Matrix,
  measure: SimilarityMeasure,
): readonly Float32Array[] {
  const values = measure === 'cosine' ? data.slice() : data;
  if (measure === 'cosine') normalizeRowsInPlace(values, columns);
  return Array.from({ length: rows }, (_, row) => values.subarray(row * columns, (row + 1) * columns));
}

/** @throws ShapeError where rows are not of one length, or a matrix has not as many values as its shape says */
export function checkMatrices(a: Matrix, b: Matrix): void {
  for (const { shape, data } of [a, b]) {
    if (shape[0] * shape[1] === data.length) continue;
    throw new ShapeError(
      `a matrix of shape (${shape.join(', ')}) has ${shape[0] * shape[1]} values; ${data.length} are given`,
    );
  }
  if (a.shape[1] === b.shape[1]) return;
  throw new ShapeError(`embeddings of ${a.shape[1]} and ${b.shape[1]} dimensions cannot be compared`);
}

/**
 * How alike each row of `a` is to each of `b`: `cosine`, `dot` product, or minus the `euclidean` or `manhattan`
 * distance, as in sentence-transformers.
 *
 * @returns a row for each of `a` with a column for each of `b`
 * @throws ShapeError where the rows are not of one length, or a matrix is not of its shape
 */
export function similarity(a: Matrix, b: Matrix, measure: SimilarityMeasure = 'cosine'): Matrix {
  checkMatrices(a, b);
  const [left, right, score] = [prepareRows(a, measure), prepareRows(b, measure), scoreOf(measure)];
  const data = new Float32Array(left.length * right.length);
  left.forEach((x, i) => {
    right.forEach((y, j) => {
      data[i * right.length + j] = score(x, y);
    });
  });
  return { shape: [left.length, right.length], data };
}
