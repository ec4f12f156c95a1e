import type { DType } from '@sentence-mtl/core';
import { apply } from '../apply.ts';
import type { ReductionAttributes } from '../operation.ts';
import { resolveAxis } from '../shape.ts';
import { shapeError } from '../shape-error.ts';
import type { TensorType, TypeRule, Value } from '../value.ts';
import { only, requireDType } from './operand.ts';

export const reductionRule = (
  inputs: readonly TensorType[],
  { axes, keepDimensions }: ReductionAttributes,
): readonly [TensorType] => {
  const x = only(inputs);
  if (x.dtype === 'bool') throw shapeError('the operand is bool; cast it first');
  const shape = keepDimensions
    ? x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : x.shape.filter((_, axis) => !axes.includes(axis));
  return [{ dtype: x.dtype, shape }];
};

export const floatReductionRule = (
  inputs: readonly TensorType[],
  attributes: ReductionAttributes,
): readonly [TensorType] => {
  requireDType(only(inputs), 'float32');
  return reductionRule(inputs, attributes);
};

/** One axis, several, or (left out) all of them. */
export type Axes = number | readonly number[];

function reductionAttributes(
  op: string,
  x: Value,
  axes: Axes | undefined,
  keepDimensions: boolean,
): ReductionAttributes {
  const wanted = axes === undefined ? x.shape.map((_, axis) => axis) : [axes].flat();
  const resolved = wanted.map((axis) => resolveAxis(x.shape, axis, op)).toSorted((a, b) => a - b);
  if (new Set(resolved).size < resolved.length) throw shapeError(`${op}: axes [${wanted.join(', ')}] repeat one`);
  return { axes: resolved, keepDimensions };
}

/** The sum over some axes; over none of the elements it is 0. */
export function sum<D extends DType>(x: Value<D>, axes?: Axes, keepDimensions = false): Value<D> {
  return apply('sum', reductionRule, [x], reductionAttributes('sum', x, axes, keepDimensions));
}

/** The arithmetic mean over some axes. */
export function mean(x: Value, axes?: Axes, keepDimensions = false): Value<'float32'> {
  return apply('mean', floatReductionRule, [x], reductionAttributes('mean', x, axes, keepDimensions));
}

/** The largest element over some axes; equal ones share the gradient evenly. */
export function max(x: Value, axes?: Axes, keepDimensions = false): Value<'float32'> {
  return apply('max', floatReductionRule, [x], reductionAttributes('max', x, axes, keepDimensions));
}

/** The smallest element over some axes; equal ones share the gradient evenly. */
export function min(x: Value, axes?: Axes, keepDimensions = false): Value<'float32'> {
  return apply('min', floatReductionRule, [x], reductionAttributes('min', x, axes, keepDimensions));
}

/** log Σ eˣ over some axes, computed around the largest element so that it does not overflow. */
export function logSumExp(x: Value, axes?: Axes, keepDimensions = false): Value<'float32'> {
  return apply('logSumExp', floatReductionRule, [x], reductionAttributes('logSumExp', x, axes, keepDimensions));
}

export const argMaxRule: TypeRule<'argMax'> = (inputs, { axis }) => {
  requireDType(only(inputs), 'float32');
  return [{ dtype: 'int32', shape: only(inputs).shape.toSpliced(axis, 1) }];
};

/** The position of the largest element of an axis, the first of equal ones, as int32. */
export function argMax(x: Value, axis: number): Value<'int32'> {
  return apply('argMax', argMaxRule, [x], { axis: resolveAxis(x.shape, axis, 'argMax') });
}

export const cumsumRule: TypeRule<'cumsum'> = (inputs) => {
  requireDType(only(inputs), 'float32');
  return [only(inputs)];
};

/** Running sums along an axis, the element itself included; `reverse` runs from the end. */
export function cumsum(x: Value, axis: number, reverse = false): Value<'float32'> {
  return apply('cumsum', cumsumRule, [x], { axis: resolveAxis(x.shape, axis, 'cumsum'), reverse });
}

/** The largest element of an axis and its position: top-1. */
export function topOne(x: Value, axis: number): { value: Value<'float32'>; index: Value<'int32'> } {
  return { value: max(x, axis), index: argMax(x, axis) };
}
