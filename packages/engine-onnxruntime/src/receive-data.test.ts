import { EngineError, float32Tensor, int32Tensor } from '@sentence-mtl/core';
import { expect, it } from 'vitest';
import { receiveData } from './receive-data.ts';

it('copies data of the right type and size', () => {
  const into = float32Tensor([0, 0], [2]);
  receiveData(into, Float32Array.of(1, 2));
  expect([...into.data]).toEqual([1, 2]);
});

it('refuses data of another type or size, and none', () => {
  expect(() => receiveData(int32Tensor([0], [1]), Float32Array.of(1))).toThrow(
    new EngineError('the runtime returned [object Float32Array] of 1 elements for int32 of 1 elements'),
  );
  expect(() => receiveData(int32Tensor([0], [1]), Int32Array.of(1, 2))).toThrow(EngineError);
  expect(() => receiveData(int32Tensor([0], [1]), undefined)).toThrow(EngineError);
});
