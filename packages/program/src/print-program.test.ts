import { float32Tensor } from '@sentence-mtl/core';
import { expect, it } from 'vitest';
import { defineProgram, float32, int32 } from './define-program.ts';
import { constant } from './ops/leaf.ts';
import { softmaxCrossEntropy } from './ops/normalization.ts';
import { matMul } from './ops/product.ts';
import { mean } from './ops/reduction.ts';
import { printProgram } from './print-program.ts';

it('printProgram shows one line a node, in the order of execution', () => {
  const program = defineProgram({ x: float32('batch', 2), labels: int32('batch') }, ({ x, labels }) => {
    const logits = matMul(x, constant(float32Tensor([1, 2, 3, 4, 5, 6], [2, 3])));
    return { loss: mean(softmaxCrossEntropy(logits, labels)), logits };
  });
  expect(printProgram(program).split('\n')).toEqual([
    '%0 float32 (batch, 2) = input(x)',
    '%1 float32 (2, 3) = constant([1, 2, 3, 4, …])',
    '%2 float32 (batch, 3) = matMul(%0, %1; transposeA: false, transposeB: false, scale: 1)',
    '%3 int32 (batch) = input(labels)',
    '%4 float32 (batch) = softmaxCrossEntropy(%2, %3)',
    '%5 float32 () = mean(%4; axes: [0], keepDimensions: false)',
    'return { loss: %5, logits: %2 }',
  ]);
});
