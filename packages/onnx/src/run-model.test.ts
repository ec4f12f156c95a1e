import { boolTensor, float32Tensor, int32Tensor, type HostTensor } from '@sentence-mtl/core';
import { defineProgram, float32 } from '@sentence-mtl/program';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { toOnnx } from './to-onnx.ts';

/** Fewer lines on stderr: ONNX Runtime warns of initializers it folds away. */
const ERRORS_ONLY = 3;

function hostTensor({ type, data, dims }: Tensor): HostTensor {
  if (data instanceof Float32Array) return float32Tensor(data, dims);
  if (data instanceof Int32Array) return int32Tensor(data, dims);
  if (type === 'bool' && data instanceof Uint8Array) return boolTensor(data, dims);
  throw new Error(`an output of type ${type}`);
}

/** Runs a model in onnxruntime-node. */
export async function runModel(
  bytes: Uint8Array,
  feeds: Readonly<Record<string, Tensor | HostTensor>>,
): Promise<Record<string, HostTensor>> {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: ERRORS_ONLY });
  try {
    const tensors = Object.entries(feeds).map(([name, feed]) => [
      name,
      'dtype' in feed ? new Tensor(feed.dtype, feed.data, feed.shape) : feed,
    ]);
    const fetched: Readonly<Record<string, Tensor>> = await session.run(Object.fromEntries(tensors));
    return Object.fromEntries(Object.entries(fetched).map(([name, tensor]) => [name, hostTensor(tensor)]));
  } finally {
    await session.release();
  }
}

test('ONNX Runtime runs a model', async () => {
  const program = defineProgram({ x: float32('batch') }, ({ x }) => ({ y: x }));
  const { bytes } = toOnnx(program, { target: 'portable' });
  expect(await runModel(bytes, { x: float32Tensor([1, 2], [2]) })).toEqual({ y: float32Tensor([1, 2], [2]) });
});
