import { ShapeError } from '@sentence-mtl/core';
import { expect, test } from 'vitest';
import { similarity, type Matrix, type SimilarityMeasure } from './similarity.ts';

const matrix = (...rows: readonly (readonly number[])[]): Matrix => ({
  shape: [rows.length, rows[0]?.length ?? 0],
  data: Float32Array.from(rows.flat()),
});

const a = matrix([3, 4], [0, 0]);
const b = matrix([4, 3], [-3, -4], [6, 8]);

test.each<[SimilarityMeasure, number[]]>([
  ['dot', [24, -25, 50, 0, 0, 0]],
  ['cosine', [0.96, -1, 1, 0, 0, 0]],
  ['euclidean', [-Math.SQRT2, -10, -5, -5, -5, -10]],
  ['manhattan', [-2, -14, -7, -7, -7, -14]],
])('the %s of each row with each other row', (measure, expected) => {
  const { shape, data } = similarity(a, b, measure);
  expect(shape).toEqual([2, 3]);
  expected.forEach((value, index) => expect(data[index]).toBeCloseTo(value, 6));
});

test('the cosine is the measure unless told otherwise, and leaves what it is given as it is', () => {
  expect(similarity(a, b)).toEqual(similarity(a, b, 'cosine'));
  expect([...a.data]).toEqual([3, 4, 0, 0]);
});

test('rows of different lengths are refused', () => {
  expect(() => similarity(a, matrix([1, 2, 3]))).toThrow(ShapeError);
  expect(() => similarity(a, matrix([1, 2, 3]))).toThrow('embeddings of 2 and 3 dimensions cannot be compared');
});

test('a matrix that has not the values of its shape is refused', () => {
  expect(() => similarity(a, { shape: [2, 2], data: new Float32Array(3) })).toThrow(
    'a matrix of shape (2, 2) has 4 values; 3 are given',
  );
});

test('no rows give no similarities', () => {
  expect(similarity({ shape: [0, 2], data: new Float32Array() }, b)).toEqual({
    shape: [0, 3],
    data: new Float32Array(),
  });
});
