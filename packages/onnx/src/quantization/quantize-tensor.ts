import { ArgumentError, int8Rows, sizeOfShape } from '@sentence-mtl/core';
import { float32Elements } from '../model/float32-elements.ts';
import { ELEMENT_TYPE_NUMBERS } from '../model/element-type.ts';
import type { OnnxTensor } from '../model/onnx-model.ts';

/** A float32 matrix as int8 with float32 scales: two stored tensors. */
export interface QuantizedTensor {
  readonly numbers: OnnxTensor;
  readonly scales: OnnxTensor;
}

export const FLOAT32: number = ELEMENT_TYPE_NUMBERS.float32;

/** The rows of a matrix as columns: (R, C) to (C, R). */
function transposed<T extends Float32Array | Int8Array>(source: T, into: T, rows: number): T {
  const columns = rows === 0 ? 0 : source.length / rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) into[column * rows + row] = source[row * columns + column] ?? 0;
  }
  return into;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int8Array | Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** The numbers and scales of a tensor's rows. @throws ArgumentError naming the tensor where a number is not finite */
function rowsOf(name: string, data: Float32Array, rows: number, largest: number): ReturnType<typeof int8Rows> {
  try {
    return int8Rows(data, rows, largest);
  } catch (cause) {
    if (!(cause instanceof ArgumentError)) throw cause;
    throw new ArgumentError(`weight "${name}": ${cause.message}; it cannot be quantized`, { cause });
  }
}

/** Names of the stored tensors, as ONNX Runtime's own quantizer writes them. */
function named(
  name: string,
  numbers: Int8Array,
  scales: Float32Array,
  shapes: readonly (readonly number[])[],
): QuantizedTensor {
  const [shape = [], scaleShape = []] = shapes;
  return {
    numbers: { name: `${name}_quantized`, type: 'int8', shape, data: bytesOf(numbers) },
    scales: { name: `${name}_scale`, type: 'float32', shape: scaleShape, data: bytesOf(scales) },
  };
}

/**
 * A table with a scale a row: (R, C) int8 and (R, 1), which select alike.
 *
 * @throws ArgumentError where a number is not finite
 */
export function quantizeTable(table: OnnxTensor): QuantizedTensor {
  const [rows = 0] = table.shape;
  const { numbers, scales } = rowsOf(table.name, float32Elements(table), rows, 127);
  return named(table.name, numbers, scales, [table.shape, [rows, 1]]);
}

/**
 * The right operand of a product with a scale for each of the N outputs: (K, N) int8 and (N).
 *
 * @param isTransposed whether the weight is (N, K)
 * @param largest what the largest number of an output becomes
 * @throws ArgumentError where a number is not finite
 */
export function quantizeWeight(weight: OnnxTensor, isTransposed: boolean, largest: number): QuantizedTensor {
  const [first = 0, second = 0] = weight.shape;
  const [inputs, outputs] = isTransposed ? [second, first] : [first, second];
  const floats = float32Elements(weight);
  const byOutput = isTransposed ? floats : transposed(floats, new Float32Array(sizeOfShape(weight.shape)), inputs);
  const { numbers, scales } = rowsOf(weight.name, byOutput, outputs, largest);
  const operand = transposed(numbers, new Int8Array(numbers.length), outputs);
  return named(weight.name, operand, scales, [[inputs, outputs], [outputs]]);
}
