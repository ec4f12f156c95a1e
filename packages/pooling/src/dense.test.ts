import { float32Tensor } from '@sentence-mtl/core';
import { defineProgram, float32 } from '@sentence-mtl/program';
import { referenceEngine } from '@sentence-mtl/reference-engine';
import { expect, it } from 'vitest';
import { dense, DENSE_ACTIVATIONS, type DenseActivation } from './dense.ts';

const PRODUCT = 1 * 0.5 + 2 * -0.25 + 0.75; // 0.75
const expected: Readonly<Record<DenseActivation, number>> = {
  identity: PRODUCT,
  tanh: Math.tanh(PRODUCT),
  relu: PRODUCT,
  gelu: 0.58_002_947, // x · Φ(x) with Φ(0.75) = 0.77337265
  sigmoid: 1 / (1 + Math.exp(-PRODUCT)),
  silu: PRODUCT / (1 + Math.exp(-PRODUCT)),
};

it.each(DENSE_ACTIVATIONS)('dense applies %s to the product and adds the residual', async (activation) => {
  const program = defineProgram(
    { x: float32('batch', 2), weight: float32(1, 2), bias: float32(1), residual: float32(1, 2) },
    ({ x, weight, bias, residual }) => ({
      plain: dense(x, { weight, bias }, activation),
      projected: dense(x, { weight, bias, residual }, activation),
    }),
  );
  const executable = await referenceEngine().compile(program);
  const { plain, projected } = await executable.run({
    x: float32Tensor([1, 2], [1, 2]),
    weight: float32Tensor([0.5, -0.25], [1, 2]),
    bias: float32Tensor([0.75], [1]),
    residual: float32Tensor([2, 3], [1, 2]),
  });
  expect(plain.data[0]).toBeCloseTo(expected[activation], 6);
  expect(projected.data[0]).toBeCloseTo(expected[activation] + 1 * 2 + 2 * 3, 6);
});

it('dense without a bias adds x itself as the residual', async () => {
  const program = defineProgram({ x: float32('batch', 1), weight: float32(1, 1) }, ({ x, weight }) => ({
    y: dense(x, { weight, residual: 'identity' }, 'relu'),
  }));
  const executable = await referenceEngine().compile(program);
  const { y } = await executable.run({ x: float32Tensor([-2, 3], [2, 1]), weight: float32Tensor([2], [1, 1]) });
  expect([...y.data]).toEqual([-2, 9]);
});
