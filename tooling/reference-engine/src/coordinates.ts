import { sizeOfShape } from '@sentence-mtl/core';
import type { DType } from '@sentence-mtl/core';
import type { ReferenceTensor } from './reference-tensor.ts';

// Every operation is written as a question about one position of its result. The functions here turn positions into
// coordinates and back; there is no other index arithmetic in this engine.

/** A position as one index for each axis. */
export type Coordinates = readonly number[];

/** The coordinates of the element at `position` in row-major order. */
function coordinatesOf(position: number, shape: readonly number[]): number[] {
  const coordinates = shape.map(() => 0);
  let rest = position;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] ?? 1;
    coordinates[axis] = rest % size;
    rest = Math.floor(rest / size);
  }
  return coordinates;
}

/** The row-major position of coordinates. */
export function positionOf(coordinates: Coordinates, shape: readonly number[]): number {
  return shape.reduce((position, size, axis) => position * size + (coordinates[axis] ?? 0), 0);
}

/** All coordinates of a shape in row-major order. */
export function allCoordinates(shape: readonly number[]): number[][] {
  return Array.from({ length: sizeOfShape(shape) }, (_, position) => coordinatesOf(position, shape));
}

/** The element at some coordinates. @throws RangeError outside the tensor, so that no mistake reads as a zero */
export function elementAt(x: ReferenceTensor, coordinates: Coordinates): number {
  const inside =
    coordinates.length === x.shape.length && x.shape.every((size, axis) => isIndex(coordinates[axis], size));
  const value = inside ? x.data[positionOf(coordinates, x.shape)] : undefined;
  if (value === undefined)
    throw new RangeError(`(${coordinates.join(', ')}) is outside a tensor of shape (${x.shape.join(', ')})`);
  return value;
}

/** Whether `index` counts an element of an axis of `size`. */
export function isIndex(index: number | undefined, size: number): boolean {
  return index !== undefined && Number.isInteger(index) && index >= 0 && index < size;
}

/** The element that NumPy's broadcasting puts at some coordinates of a larger shape. */
export function broadcastElementAt(x: ReferenceTensor, coordinates: Coordinates): number {
  const trailing = coordinates.slice(coordinates.length - x.shape.length);
  return elementAt(
    x,
    trailing.map((index, axis) => (x.shape[axis] === 1 ? 0 : index)),
  );
}

/** A tensor from a function of its coordinates. */
export function tabulate(
  dtype: DType,
  shape: readonly number[],
  element: (coordinates: number[]) => number,
): ReferenceTensor {
  return { dtype, shape, data: allCoordinates(shape).map(element) };
}
