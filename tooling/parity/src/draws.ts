import { boolTensor, float32Tensor, int32Tensor, sizeOfShape } from '@sentence-mtl/core';
import type { Dimension } from '@sentence-mtl/program';
import type { CaseInput } from './operation-case.ts';

type Shaped = (...shape: Dimension[]) => CaseInput;

/** Normal draws. */
export const normal: Shaped = (...shape) => ({
  dtype: 'float32',
  shape,
  draw(sizes, random) {
    const data = new Float32Array(sizeOfShape(sizes));
    random.fillNormal(data);
    return float32Tensor(data, sizes);
  },
});

/** Uniform draws between two limits. */
export const between =
  (low: number, high: number): Shaped =>
  (...shape) => ({
    dtype: 'float32',
    shape,
    draw(sizes, random) {
      const data = new Float32Array(sizeOfShape(sizes));
      random.fillUniform(data, low, high);
      return float32Tensor(data, sizes);
    },
  });

const repeated = (list: readonly number[], sizes: readonly number[]): number[] =>
  Array.from({ length: sizeOfShape(sizes) }, (_, i) => list[i % list.length] ?? 0);

/** The given numbers one after the other, from the start again where they end. */
export const floats =
  (...list: number[]): Shaped =>
  (...shape) => ({ dtype: 'float32', shape, draw: (sizes) => float32Tensor(repeated(list, sizes), sizes) });

/** The same for int32. */
export const integers =
  (...list: number[]): Shaped =>
  (...shape) => ({ dtype: 'int32', shape, draw: (sizes) => int32Tensor(repeated(list, sizes), sizes) });

/** Integers from 0 to below − 1. */
export const integersBelow =
  (below: number): Shaped =>
  (...shape) => ({
    dtype: 'int32',
    shape,
    draw: (sizes, random) =>
      int32Tensor(
        Array.from({ length: sizeOfShape(sizes) }, () => random.integer(below)),
        sizes,
      ),
  });

/** Fair coins. */
export const bits: Shaped = (...shape) => ({
  dtype: 'bool',
  shape,
  draw: (sizes, random) =>
    boolTensor(
      Array.from({ length: sizeOfShape(sizes) }, () => random.integer(2)),
      sizes,
    ),
});
