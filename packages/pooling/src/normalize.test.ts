import { float32Tensor } from '@sentence-mtl/core';
import { defineProgram, float32, gradient, mul, sum } from '@sentence-mtl/program';
import { referenceEngine } from '@sentence-mtl/reference-engine';
import { expect, it } from 'vitest';
import { normalize } from './normalize.ts';

it('normalize gives rows of length 1, and leaves zeros as zeros with a finite gradient', async () => {
  const program = defineProgram({ x: float32('batch', 2), upstream: float32('batch', 2) }, ({ x, upstream }) => {
    const y = normalize(x);
    const [slope = x] = gradient(sum(mul(y, upstream)), [x]);
    return { y, slope };
  });
  const executable = await referenceEngine().compile(program);
  const { y, slope } = await executable.run({
    x: float32Tensor([3, 4, 0, 0, 1e-20, 0], [3, 2]),
    upstream: float32Tensor([1, 0, 1, 0, 1, 0], [3, 2]),
  });
  expect(Array.from(y.data.slice(0, 4), (value) => Math.round(value * 1e6) / 1e6)).toEqual([0.6, 0.8, 0, 0]);
  expect(y.data[4]).toBeCloseTo(1e-8, 12);
  expect([...slope.data].every(Number.isFinite)).toBe(true);
  // d(x₁/‖x‖)/dx = (1 − 0.36)/5 and −0.48/5
  expect(slope.data[0]).toBeCloseTo(0.128, 6);
  expect(slope.data[1]).toBeCloseTo(-0.096, 6);
});
