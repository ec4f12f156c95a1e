import { Random } from '@sentence-mtl/core';
import { expect, test } from 'vitest';
import { multiplyAddIn, type Strided } from './multiply-add.ts';

const { fround } = Math;

test.each([
  ['row after row', { m: 8, k: 5, n: 16 }, 5 * 4, 4],
  ['transposed', { m: 4, k: 7, n: 8 }, 4, 4 * 4],
  ['of one row of B', { m: 12, k: 1, n: 24 }, 4, 12 * 4],
])('the product with A %s is that of float32 loops, bit for bit', (_, sizes, rowStride, columnStride) => {
  const { m, k, n } = sizes;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const floats = new Float32Array(memory.buffer);
  Random.of(1).fillNormal(floats);
  const [c, a, b] = [0, 4096, 8192];
  const expected = Float32Array.from({ length: m * n }, (_cell, cell) => {
    const [i, j] = [Math.floor(cell / n), cell % n];
    let sum = floats[cell] ?? NaN;
    for (let p = 0; p < k; p++) {
      const left = floats[(a + i * rowStride + p * columnStride) / 4] ?? NaN;
      sum = fround(sum + fround(left * (floats[b / 4 + p * n + j] ?? NaN)));
    }
    return sum;
  });
  const beyond = floats.slice(m * n, m * n + 64);
  const strided: Strided = { start: a, rowStride, columnStride };
  multiplyAddIn(memory)(c, strided, b, sizes);
  expect(floats.slice(0, m * n)).toEqual(expected);
  expect(floats.slice(m * n, m * n + 64)).toEqual(beyond);
});
