import { sizeOfShape, unreachable, type DType, type HostTensor } from '@sentence-mtl/core';

/** A tensor of zeros. */
export function emptyTensor(dtype: DType, shape: readonly number[]): HostTensor {
  const size = sizeOfShape(shape);
  switch (dtype) {
    case 'float32':
      return { dtype, shape, data: new Float32Array(size) };
    case 'int32':
      return { dtype, shape, data: new Int32Array(size) };
    case 'bool':
      return { dtype, shape, data: new Uint8Array(size) };
    default:
      return unreachable(dtype);
  }
}
