// A matrix in a quarter of its bytes: rows of int8 numbers and a float32 scale a row. Matrix "x" is two tensors of a file,
//   "x"        I8 (R, C)   from -127 to 127
//   "x.scale"  F32 (R)
// and means x[r, c] = int8[r, c] · scale[r]. Vectors (biases, norms) stay F32. A file with such tensors is named
// model-int8.safetensors.
import { ArgumentError, int8Rows, sizeOfShape, type Int8Rows } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';
import type { TensorPlace } from './header.ts';
import type { StoredTensor } from './write-safetensors.ts';

type Places = ReadonlyMap<string, TensorPlace>;

const scaleName = (name: string): string => `${name}.scale`;

const describe = ({ dtype, shape }: Pick<TensorPlace, 'dtype' | 'shape'>): string => `${dtype} (${shape.join(', ')})`;

function rowsOf(name: string, data: Float32Array, rows: number): Int8Rows {
  try {
    return int8Rows(data, rows);
  } catch (cause) {
    if (!(cause instanceof ArgumentError)) throw cause;
    throw new ArgumentError(`tensor "${name}": ${cause.message}`, { cause });
  }
}

/**
 * The two tensors that keep a matrix as int8 rows with scales: `scale = max|row| / 127`, `int8 = round(row / scale)`.
 * No number is off by more than half a scale; a row of zeros stays one.
 *
 * @param data row-major, of shape (R, C)
 * @throws ArgumentError where it is no matrix, or a number is not finite
 */
export function quantizeRows(
  name: string,
  shape: readonly number[],
  data: Float32Array,
): readonly (readonly [name: string, tensor: StoredTensor])[] {
  const [rows = 0] = shape;
  if (shape.length !== 2 || sizeOfShape(shape) !== data.length) {
    throw new ArgumentError(
      `tensor "${name}" of shape (${shape.join(', ')}) with ${data.length} elements is no matrix; only matrices have rows to scale`,
    );
  }
  const { numbers, scales } = rowsOf(name, data, rows);
  return [
    [name, { dtype: 'I8', shape, data: numbers }],
    [scaleName(name), { dtype: 'F32', shape: [rows], data: scales }],
  ];
}

/**
 * Int8 rows times their scales into `target`, which is as long as `numbers`. These may be the last quarter of its
 * bytes: each is read before it is written over.
 */
export function widenRows(numbers: Int8Array, scales: Float32Array, target: Float32Array): void {
  const columns = numbers.length / scales.length;
  for (let row = 0; row < scales.length; row++) {
    const scale = scales[row] ?? 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) target[i] = (numbers[i] ?? 0) * scale;
  }
}

/**
 * The name of the scales of an I8 tensor.
 *
 * @throws ModelFileError where there are none, or they do not fit the tensor
 */
export function scalesOf(name: string, tensors: Places, path: string): string {
  const matrix = tensors.get(name);
  const scales = tensors.get(scaleName(name));
  if (matrix?.shape.length !== 2) {
    throw new ModelFileError(
      `${path}: tensor "${name}" is of dtype I8 and no matrix; only matrices with a scale for each row are read as numbers`,
    );
  }
  const wanted = describe({ dtype: 'F32', shape: matrix.shape.slice(0, 1) });
  if (scales === undefined) {
    throw new ModelFileError(
      `${path}: tensor "${name}" is ${describe(matrix)} without scales; they are expected as "${scaleName(name)}", ${wanted}`,
    );
  }
  if (describe(scales) === wanted) return scaleName(name);
  throw new ModelFileError(
    `${path}: tensor "${scaleName(name)}" is ${describe(scales)}; the scales of "${name}", ${describe(matrix)}, are ${wanted}`,
  );
}

/** The tensors that mean something by themselves: all but the scales. @throws ModelFileError where scales do not fit */
export function withoutScales(tensors: Places, path: string): Places {
  const scaled = [...tensors].filter(([name, { dtype }]) => dtype === 'I8' && tensors.has(scaleName(name)));
  const scales = new Set(scaled.map(([name]) => scalesOf(name, tensors, path)));
  return new Map([...tensors].filter(([name]) => !scales.has(name)));
}
