import { ShapeError } from './errors.ts';

/** What the elements of a tensor are. A bool is one byte, 0 or 1. */
export type DType = 'float32' | 'int32' | 'bool';

interface DataByDType {
  float32: Float32Array;
  int32: Int32Array;
  bool: Uint8Array;
}

/** The typed array that holds elements of a dtype. */
export type DataOf<D extends DType> = DataByDType[D];

interface TensorOf<D extends DType> {
  readonly dtype: D;
  /** Sizes of the axes, outermost first; `[]` is a scalar. */
  readonly shape: readonly number[];
  /** Row-major; its length is the product of the shape. */
  readonly data: DataOf<D>;
}

/** A tensor in the memory of this process, as engines take and give them: a union discriminated by `dtype`. */
export type HostTensor<D extends DType = DType> = { [K in D]: TensorOf<K> }[D];

/** The number of elements of a shape. */
export function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function checkShape(shape: readonly number[], length: number): void {
  const bad = shape.find((size) => !Number.isSafeInteger(size) || size < 0);
  if (bad !== undefined) throw new ShapeError(`a tensor of shape (${shape.join(', ')}): ${bad} is not a size`);
  if (sizeOfShape(shape) === length) return;
  throw new ShapeError(
    `a tensor of shape (${shape.join(', ')}) has ${sizeOfShape(shape)} elements; ${length} are given`,
  );
}

/** A float32 tensor. A Float32Array is used as it is, not copied. @throws ShapeError when shape and length differ */
export function float32Tensor(data: Float32Array | readonly number[], shape: readonly number[]): HostTensor<'float32'> {
  checkShape(shape, data.length);
  return { dtype: 'float32', shape, data: data instanceof Float32Array ? data : Float32Array.from(data) };
}

/** An int32 tensor. An Int32Array is used as it is, not copied. @throws ShapeError when shape and length differ */
export function int32Tensor(data: Int32Array | readonly number[], shape: readonly number[]): HostTensor<'int32'> {
  checkShape(shape, data.length);
  return { dtype: 'int32', shape, data: data instanceof Int32Array ? data : Int32Array.from(data) };
}

/** A bool tensor of ones and zeros. A Uint8Array is used as it is. @throws ShapeError when shape and length differ */
export function boolTensor(
  data: Uint8Array | readonly (number | boolean)[],
  shape: readonly number[],
): HostTensor<'bool'> {
  checkShape(shape, data.length);
  return {
    dtype: 'bool',
    shape,
    data: data instanceof Uint8Array ? data : Uint8Array.from(data, (bit) => (bit ? 1 : 0)),
  };
}
