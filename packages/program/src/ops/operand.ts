import { boolTensor, float32Tensor, int32Tensor, unreachable, type DType, type HostTensor } from '@sentence-mtl/core';
import { shapeError } from '../shape-error.ts';
import type { TensorType, Value } from '../value.ts';
import { constant } from './leaf.ts';

/** What the elementwise builders take: a value, or a number that becomes a scalar of the other operand's dtype. */
export type Operand<D extends DType = DType> = Value<D> | number;

/** Whether a dtype has the number: an integer of another size, or a fraction, would be another number without a word. */
function holds(dtype: DType, value: number): boolean {
  switch (dtype) {
    case 'float32':
      return true;
    case 'int32':
      return (value | 0) === value;
    case 'bool':
      return value === 0 || value === 1;
    default:
      return unreachable(dtype);
  }
}

function scalarTensor(value: number, dtype: DType): HostTensor {
  if (!holds(dtype, value)) throw shapeError(`${value} is no ${dtype}; cast the other operand to float32 first`);
  switch (dtype) {
    case 'float32':
      return float32Tensor([value], []);
    case 'int32':
      return int32Tensor([value], []);
    case 'bool':
      return boolTensor([value], []);
    default:
      return unreachable(dtype);
  }
}

/** A constant of shape (). @throws ShapeError for a number that the dtype does not have, such as 0.5 as an int32 */
export function scalar<D extends DType>(value: number, dtype: D): Value<D> {
  return constant(scalarTensor(value, dtype)) as Value<D>;
}

/** Two operands as values of one graph: a number takes the dtype of the other operand, two numbers are float32. */
export function liftPair(a: Operand, b: Operand): [Value, Value] {
  if (typeof a === 'number') {
    const right = typeof b === 'number' ? scalar(b, 'float32') : b;
    return [scalar(a, right.dtype), right];
  }
  return [a, typeof b === 'number' ? scalar(b, a.dtype) : b];
}

/** The number a scalar constant holds, or undefined for any other value. */
export function scalarConstant(value: Value): number | undefined {
  if (value.node.op !== 'constant' || value.shape.length > 0) return undefined;
  return Number(value.node.attributes.tensor.data[0]);
}

/** The single operand of a unary operation. */
export function only(inputs: readonly TensorType[]): TensorType {
  const [x] = inputs;
  if (x === undefined || inputs.length !== 1) throw shapeError(`takes 1 operand, not ${inputs.length}`);
  return x;
}

export function requireDType(x: TensorType, dtype: DType, what = 'operand'): void {
  if (x.dtype !== dtype) throw shapeError(`the ${what} is ${x.dtype}, not ${dtype}; cast it first`);
}
