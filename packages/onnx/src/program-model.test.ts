import { float32Tensor } from '@sentence-mtl/core';
import { bindInputs, defineProgram, float32, matMul } from '@sentence-mtl/program';
import { expect, test } from 'vitest';
import { readModel } from './model/read-model.ts';
import { writeModel } from './model/write-model.ts';
import { programModel } from './program-model.ts';
import { toOnnx } from './to-onnx.ts';

const weight = float32Tensor([1, 2, 3, 4, 5, 6], [2, 3]);
const product = defineProgram({ x: float32('batch', 2), weight: float32(2, 3) }, ({ x, weight: w }) => ({
  y: matMul(x, w),
}));
const program = bindInputs(product, new Map([['weight', weight]]));
const options = { target: 'portable', metadata: { task: 'intent' } } as const;

test('the plain data of a program is what is read back from its file', () => {
  const { bytes, nodeCount } = toOnnx(program, options);
  const model = programModel(program, options);
  expect(readModel(bytes)).toEqual(model);
  expect(writeModel(model)).toEqual(bytes);
  expect(nodeCount).toBe(model.nodes.length);
});

test('weights of the plain data are those of the program, not copies', () => {
  const [stored] = programModel(program, options).initializers;
  expect(stored?.data.buffer).toBe(weight.data.buffer);
});
