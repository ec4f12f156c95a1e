import { expect, expectTypeOf, test } from 'vitest';
import { ShapeError } from './errors.ts';
import { boolTensor, float32Tensor, int32Tensor, sizeOfShape, type HostTensor } from './host-tensor.ts';

test('a tensor keeps a typed array as it is and converts plain numbers', () => {
  const data = new Float32Array(6);
  expect(float32Tensor(data, [2, 3]).data).toBe(data);
  expect(float32Tensor([1, 0.1], [2]).data).toEqual(Float32Array.of(1, 0.1));
  expect(int32Tensor([1, -2], [2, 1]).data).toEqual(Int32Array.of(1, -2));
  expect(boolTensor([true, 0, 1, false], [4]).data).toEqual(Uint8Array.of(1, 0, 1, 0));
});

test('a scalar has shape () and one element; a size of zero is allowed', () => {
  expect(sizeOfShape([])).toBe(1);
  expect(float32Tensor([3], []).data).toEqual(Float32Array.of(3));
  expect(float32Tensor([], [0, 8]).data.length).toBe(0);
});

test('a tensor whose data does not fill its shape is refused', () => {
  expect(() => float32Tensor([1, 2, 3], [2, 2])).toThrow(
    new ShapeError('a tensor of shape (2, 2) has 4 elements; 3 are given'),
  );
  expect(() => int32Tensor([1], [-1, -1])).toThrow(ShapeError);
  expect(() => boolTensor([1], [0.5, 2])).toThrow(ShapeError);
});

test('narrowing by dtype narrows the data', () => {
  const tensor: HostTensor = int32Tensor([1], [1]);
  if (tensor.dtype === 'int32') expectTypeOf(tensor.data).toEqualTypeOf<Int32Array>();
  expectTypeOf<HostTensor<'bool'>['data']>().toEqualTypeOf<Uint8Array>();
});
