import { FeedError, float32Tensor, int32Tensor, type HostTensor } from '@sentence-mtl/core';
import { expect, it } from 'vitest';
import { defineProgram, float32 } from './define-program.ts';
import { mul } from './ops/elementwise.ts';
import { checkTargets } from './targets.ts';

const { outputs } = defineProgram({ x: float32('batch', 2) }, ({ x }) => ({ y: mul(x, 2), z: x }));
const check = (targets: Readonly<Record<string, HostTensor | undefined>>) => (): void =>
  checkTargets(outputs, { batch: 3 }, Object.entries(targets));

it('lets fitting tensors pass, and names without one', () => {
  expect(check({ y: float32Tensor(new Float32Array(6), [3, 2]), z: undefined })).not.toThrow();
  expect(check({})).not.toThrow();
});

it.each<[string, Readonly<Record<string, HostTensor>>, string]>([
  ['another shape', { y: float32Tensor(new Float32Array(6), [2, 3]) }, 'is float32 (2, 3) with data of 6'],
  [
    'another dtype',
    { y: int32Tensor(new Int32Array(6), [3, 2]) },
    'output "y" is float32 (3, 2); the tensor to receive',
  ],
  ['data of another length', { y: { dtype: 'float32', shape: [3, 2], data: new Float32Array(5) } }, 'with data of 5'],
  ['a name of nothing', { w: float32Tensor([1], [1]) }, 'the program has no output "w" to receive; it has y, z'],
])('refuses %s', (_, targets, message) => {
  expect(check(targets)).toThrow(FeedError);
  expect(check(targets)).toThrow(message);
});
