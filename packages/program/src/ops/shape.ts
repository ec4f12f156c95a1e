import type { DType } from '@sentence-mtl/core';
import { apply } from '../apply.ts';
import {
  addDimensions,
  canonicalDimension,
  divideDimensions,
  subtractDimensions,
  type Dimension,
} from '../dimension.ts';
import {
  broadcastShapes,
  dimensionAt,
  elementCount,
  formatShape,
  resolveAxis,
  shapesEqual,
  type Shape,
} from '../shape.ts';
import { shapeError } from '../shape-error.ts';
import type { TypeRule, Value } from '../value.ts';
import { only } from './operand.ts';

export const reshapeRule: TypeRule<'reshape'> = (inputs, { shape }) => {
  const x = only(inputs);
  if (elementCount(shape) === elementCount(x.shape)) return [{ dtype: x.dtype, shape }];
  throw shapeError(
    `${formatShape(x.shape)} to ${formatShape(shape)}: ${elementCount(x.shape)} and ${elementCount(shape)} elements differ`,
  );
};

function inferSize(from: Shape, to: Shape): Shape {
  const unknown = to.indexOf(-1);
  if (unknown < 0) return to.map(canonicalDimension);
  const known = elementCount(to.toSpliced(unknown, 1));
  const inferred = divideDimensions(elementCount(from), known);
  if (inferred === undefined) {
    throw shapeError(
      `reshape: ${formatShape(from)} to ${formatShape(to)}: ${known} does not divide ${elementCount(from)}`,
    );
  }
  return to.with(unknown, inferred).map(canonicalDimension);
}

/** The same elements in another shape; one size may be −1 and is inferred, symbols included. */
export function reshape<D extends DType>(x: Value<D>, shape: Shape): Value<D> {
  const target = inferSize(x.shape, shape);
  if (shapesEqual(target, x.shape)) return x;
  return apply<'reshape', D>('reshape', reshapeRule, [x], { shape: target });
}

/** A new axis of size 1 at `axis` (−1 appends it). */
export function expandDims<D extends DType>(x: Value<D>, axis: number): Value<D> {
  const at = resolveAxis([...x.shape, 1], axis, 'expandDims');
  return reshape(x, x.shape.toSpliced(at, 0, 1));
}

/** Removes an axis of size 1. */
export function squeeze<D extends DType>(x: Value<D>, axis: number): Value<D> {
  const at = resolveAxis(x.shape, axis, 'squeeze');
  if (x.shape[at] !== 1) throw shapeError(`squeeze: axis ${axis} of ${formatShape(x.shape)} is not of size 1`);
  return reshape(x, x.shape.toSpliced(at, 1));
}

export const transposeRule: TypeRule<'transpose'> = (inputs, { permutation }) => {
  const x = only(inputs);
  const sorted = permutation.toSorted((a, b) => a - b);
  if (permutation.length !== x.shape.length || sorted.some((axis, i) => axis !== i)) {
    throw shapeError(`[${permutation.join(', ')}] does not name each axis of ${formatShape(x.shape)} once`);
  }
  return [{ dtype: x.dtype, shape: permutation.map((axis) => dimensionAt(x.shape, axis)) }];
};

/** Axis i of the result is axis `permutation[i]` of x; by default the axes are reversed. */
export function transpose<D extends DType>(x: Value<D>, permutation?: readonly number[]): Value<D> {
  const reversed = x.shape.map((_, axis) => x.shape.length - 1 - axis);
  return apply<'transpose', D>('transpose', transposeRule, [x], { permutation: permutation ?? reversed });
}

export const broadcastToRule: TypeRule<'broadcastTo'> = (inputs, { shape }) => {
  const x = only(inputs);
  if (shapesEqual(broadcastShapes(x.shape, shape), shape)) return [{ dtype: x.dtype, shape }];
  throw shapeError(`${formatShape(x.shape)} does not stretch to ${formatShape(shape)}`);
};

/** x without elements along the axes where the target has none: runtimes stretch a size of 1 to 0 as if it were 1. */
function emptied<D extends DType>(x: Value<D>, target: Shape): Value<D> {
  const lead = target.length - x.shape.length;
  const axes = x.shape.flatMap((size, axis) => (size === 1 && target[axis + lead] === 0 ? [axis] : []));
  return axes.reduce((value, axis) => slice(value, axis, 0, 0), x);
}

/** Repeats x along its axes of size 1 and along new leading axes. */
export function broadcastTo<D extends DType>(x: Value<D>, shape: Shape): Value<D> {
  const target = shape.map(canonicalDimension);
  const source = emptied(x, target);
  if (shapesEqual(source.shape, target)) return source;
  return apply<'broadcastTo', D>('broadcastTo', broadcastToRule, [source], { shape: target });
}

export const concatRule: TypeRule<'concat'> = (inputs, { axis }) => {
  const [first, ...others] = inputs;
  if (first === undefined) throw shapeError('takes at least 1 operand');
  for (const other of others) {
    if (other.dtype !== first.dtype) throw shapeError(`${first.dtype} with ${other.dtype}; cast one of them first`);
    const same =
      other.shape.length === first.shape.length && shapesEqual(other.shape.with(axis, 0), first.shape.with(axis, 0));
    if (!same) {
      throw shapeError(`${formatShape(first.shape)} and ${formatShape(other.shape)} differ beside axis ${axis}`);
    }
  }
  const size = inputs.map((x) => dimensionAt(x.shape, axis)).reduce(addDimensions);
  return [{ dtype: first.dtype, shape: first.shape.with(axis, size) }];
};

/** The operands one after the other along an axis they may differ in. */
export function concat<D extends DType>(operands: readonly Value<D>[], axis: number): Value<D> {
  const at = resolveAxis(operands[0]?.shape ?? [], axis, 'concat');
  return apply<'concat', D>('concat', concatRule, operands, { axis: at });
}

export const sliceRule: TypeRule<'slice'> = (inputs, { axis, start, end }) => {
  const x = only(inputs);
  const size = subtractDimensions(end, start);
  const axisSize = dimensionAt(x.shape, axis);
  const outside = (dimension: Dimension): boolean =>
    typeof dimension === 'number' && (dimension < 0 || (typeof axisSize === 'number' && dimension > axisSize));
  if (outside(start) || outside(end) || (typeof size === 'number' && size < 0)) {
    throw shapeError(`${start} to ${end} leaves axis ${axis} of ${formatShape(x.shape)}`);
  }
  return [{ dtype: x.dtype, shape: x.shape.with(axis, size) }];
};

/** Positions `start` to `end` (not included) of one axis; both may be symbolic. */
export function slice<D extends DType>(x: Value<D>, axis: number, start: Dimension, end: Dimension): Value<D> {
  const at = resolveAxis(x.shape, axis, 'slice');
  return apply<'slice', D>('slice', sliceRule, [x], { axis: at, start, end });
}

export const padRule: TypeRule<'pad'> = (inputs, { axis, before, after }) => {
  const x = only(inputs);
  if ([before, after].some((size) => typeof size === 'number' && size < 0)) {
    throw shapeError(`${before} before and ${after} after axis ${axis}: a padding is not negative`);
  }
  const size = addDimensions(addDimensions(dimensionAt(x.shape, axis), before), after);
  return [{ dtype: x.dtype, shape: x.shape.with(axis, size) }];
};

/** Zeros before and after the elements of one axis: the adjoint of `slice`. */
export function pad<D extends DType>(x: Value<D>, axis: number, before: Dimension, after: Dimension): Value<D> {
  const at = resolveAxis(x.shape, axis, 'pad');
  if (before === 0 && after === 0) return x;
  return apply<'pad', D>('pad', padRule, [x], { axis: at, before, after });
}
