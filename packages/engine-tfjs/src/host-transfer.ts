import { boolTensor, EngineError, float32Tensor, int32Tensor, type HostTensor } from '@sentence-mtl/core';
import type { DeviceTensor, TensorFlow } from './tensor-flow.ts';

/** A tensor of the backend with the same elements. The backend may read the array itself until the tensor is freed. */
export function upload(tf: TensorFlow, { data, shape, dtype }: HostTensor): DeviceTensor {
  return tf.tensor(data, [...shape], dtype);
}

/** The elements as the backend has them, which may be its own memory: to be read at once, not kept. */
export async function elementsOf(tensor: DeviceTensor): Promise<HostTensor['data']> {
  const data: unknown = await tensor.data();
  if (data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint8Array) return data;
  throw new EngineError(`tfjs gave the elements of a ${tensor.dtype} tensor as something else than a typed array`);
}

/** A copy in the memory of this process. */
export async function download(
  tensor: DeviceTensor,
  { dtype, shape }: Pick<HostTensor, 'dtype' | 'shape'>,
): Promise<HostTensor> {
  const elements = await elementsOf(tensor);
  switch (dtype) {
    case 'float32':
      return float32Tensor(Float32Array.from(elements), shape);
    case 'int32':
      return int32Tensor(Int32Array.from(elements), shape);
    case 'bool':
      return boolTensor(Uint8Array.from(elements), shape);
  }
}
