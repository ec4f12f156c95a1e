import { boolTensor, float32Tensor, int32Tensor, type DType, type HostTensor } from '@sentence-mtl/core';

/** A number as JSON holds it: NaN and infinities are strings. */
export type RecordedNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** A tensor of a fixture. */
export interface RecordedTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly RecordedNumber[];
}

/** The tensor to feed. */
export function hostTensor({ dtype, shape, data }: RecordedTensor): HostTensor {
  const numbers = data.map(Number);
  switch (dtype) {
    case 'float32':
      return float32Tensor(numbers, shape);
    case 'int32':
      return int32Tensor(numbers, shape);
    case 'bool':
      return boolTensor(numbers, shape);
  }
}
