import { boolTensor, float32Tensor, int32Tensor, type DType, type HostTensor } from '@sentence-mtl/core';

/** A tensor of plain numbers: float64 where an engine has float32, so that an oracle is more exact than what it judges. */
export interface ReferenceTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Row-major; a bool is 0 or 1. */
  readonly data: readonly number[];
}

/** The same numbers, which float64 holds exactly. */
export function fromHostTensor({ dtype, shape, data }: HostTensor): ReferenceTensor {
  return { dtype, shape, data: Array.from(data) };
}

/** Rounds float64 to float32; integers and bools stay. */
export function toHostTensor({ dtype, shape, data }: ReferenceTensor): HostTensor {
  switch (dtype) {
    case 'float32':
      return float32Tensor(data, shape);
    case 'int32':
      return int32Tensor(data, shape);
    case 'bool':
      return boolTensor(data, shape);
  }
}
