import { shapeError } from './shape-error.ts';
import { bindDimension, multiplyDimensions, type Bindings, type Dimension } from './dimension.ts';

/** The sizes of a value's axes, outermost first; `[]` is a scalar. */
export type Shape = readonly Dimension[];

/** `(batch, 384)`: how shapes are written in messages and printouts. */
export function formatShape(shape: Shape): string {
  return `(${shape.join(', ')})`;
}

/** Whether two shapes have the same sizes; `batch` equals itself only. */
export function shapesEqual(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((dimension, axis) => dimension === right[axis]);
}

/** The number of elements, as a polynomial. */
export function elementCount(shape: Shape): Dimension {
  return shape.reduce<Dimension>(multiplyDimensions, 1);
}

/** The sizes of a shape in a run. @throws ShapeError for a symbol without a size */
export function bindShape(shape: Shape, bindings: Bindings): number[] {
  return shape.map((dimension) => bindDimension(dimension, bindings));
}

/** A shape whose every size is an integer, or undefined. */
export function staticShape(shape: Shape): readonly number[] | undefined {
  return shape.every((dimension) => typeof dimension === 'number') ? shape : undefined;
}

/**
 * NumPy broadcasting: trailing axes are aligned, and an axis of size 1 stretches. A symbol equals only itself
 * and never stands for 1, so the result does not depend on the sizes of a run.
 *
 * @throws ShapeError where two sizes differ and neither is 1.
 */
export function broadcastShapes(left: Shape, right: Shape): Shape {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, axis) => {
    const a = left[axis - rank + left.length] ?? 1;
    const b = right[axis - rank + right.length] ?? 1;
    if (a === b || b === 1) return a;
    if (a === 1) return b;
    throw shapeError(
      `${formatShape(left)} and ${formatShape(right)} do not broadcast: sizes ${a} and ${b} differ and neither is 1`,
    );
  });
}

/** The axis counted from the front. @throws ShapeError where the shape has no such axis. */
export function resolveAxis(shape: Shape, axis: number, op: string): number {
  const resolved = axis < 0 ? axis + shape.length : axis;
  if (Number.isInteger(axis) && resolved >= 0 && resolved < shape.length) return resolved;
  const remedy = shape.length === 0 ? ', which has none' : `; use ${-shape.length} to ${shape.length - 1}`;
  throw shapeError(`${op}: axis ${axis} is not one of ${formatShape(shape)}${remedy}`);
}

/** The size of an axis that is known to exist. */
export function dimensionAt(shape: Shape, axis: number): Dimension {
  const dimension = shape.at(axis);
  if (dimension === undefined) throw shapeError(`${formatShape(shape)} has no axis ${axis}`);
  return dimension;
}
