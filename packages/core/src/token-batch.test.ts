import { expect, test } from 'vitest';
import { ShapeError } from './errors.ts';
import { int32Tensor } from './host-tensor.ts';
import { tokenBatchSize } from './token-batch.ts';

const ids = int32Tensor(new Int32Array(6), [2, 3]);

test('a batch has as many rows and tokens as each of its tensors', () => {
  expect(tokenBatchSize({ inputIds: ids, attentionMask: ids, tokenTypeIds: ids })).toEqual({ batch: 2, sequence: 3 });
});

test('tensors of different shapes are no batch', () => {
  const flat = int32Tensor(new Int32Array(6), [6]);
  expect(() => tokenBatchSize({ inputIds: ids, attentionMask: flat })).toThrow(
    'attentionMask is (6), but inputIds is (2, 3)',
  );
  expect(() => tokenBatchSize({ inputIds: flat, attentionMask: flat })).toThrow(ShapeError);
});
