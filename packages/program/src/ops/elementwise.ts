import type { DType } from '@sentence-mtl/core';
import { apply } from '../apply.ts';
import type { NoAttributes } from '../operation.ts';
import { broadcastShapes } from '../shape.ts';
import { shapeError } from '../shape-error.ts';
import type { TensorType, TypeRule, Value } from '../value.ts';
import { liftPair, only, requireDType, type Operand } from './operand.ts';

const NONE: NoAttributes = {};

/** float32 in, float32 of the same shape out. */
export const floatRule = (inputs: readonly TensorType[]): readonly [TensorType] => {
  const x = only(inputs);
  requireDType(x, 'float32');
  return [{ dtype: 'float32', shape: x.shape }];
};

/** Numbers in, the same dtype and shape out. */
export const numericRule = (inputs: readonly TensorType[]): readonly [TensorType] => {
  const x = only(inputs);
  if (x.dtype === 'bool') throw shapeError('the operand is bool; cast it first');
  return [{ dtype: x.dtype, shape: x.shape }];
};

/** −x, float32 or int32. */
export const neg = <D extends DType>(x: Value<D>): Value<D> => apply('neg', numericRule, [x], NONE);
/** |x|; the gradient at 0 is 0. */
export const abs = <D extends DType>(x: Value<D>): Value<D> => apply('abs', numericRule, [x], NONE);
/** eˣ. */
export const exp = (x: Value): Value<'float32'> => apply('exp', floatRule, [x], NONE);
/** Natural logarithm. */
export const log = (x: Value): Value<'float32'> => apply('log', floatRule, [x], NONE);
/** Square root; the gradient at 0 is infinite, as in PyTorch. */
export const sqrt = (x: Value): Value<'float32'> => apply('sqrt', floatRule, [x], NONE);
/** The error function. */
export const erf = (x: Value): Value<'float32'> => apply('erf', floatRule, [x], NONE);
/** Hyperbolic tangent. */
export const tanh = (x: Value): Value<'float32'> => apply('tanh', floatRule, [x], NONE);
/** 1 / (1 + e⁻ˣ), without overflow at either end. */
export const sigmoid = (x: Value): Value<'float32'> => apply('sigmoid', floatRule, [x], NONE);
/** log(1 + eˣ), computed as max(x, 0) + log(1 + e^−|x|) so that it neither overflows nor loses small values. */
export const softplus = (x: Value): Value<'float32'> => apply('softplus', floatRule, [x], NONE);
/** max(x, 0); the gradient at 0 is 0. */
export const relu = (x: Value): Value<'float32'> => apply('relu', floatRule, [x], NONE);

/** x · Φ(x) (Hendrycks and Gimpel 2016): exact by the error function, or its `tanh` approximation. */
export const gelu = (x: Value, approximate: 'none' | 'tanh' = 'none'): Value<'float32'> =>
  apply('gelu', floatRule, [x], { approximate });

export const clipRule: TypeRule<'clip'> = (inputs, { minimum, maximum }) => {
  if (!(minimum <= maximum)) throw shapeError(`the limits ${minimum} and ${maximum} are out of order`);
  return floatRule(inputs);
};

/** x limited to [minimum, maximum]; the gradient is 0 outside, 1 inside and at the limits (PyTorch 2.15: 0 there). */
export const clip = (x: Value, minimum: number, maximum: number): Value<'float32'> =>
  apply('clip', clipRule, [x], { minimum, maximum });

/** xᵉ for a fixed exponent. */
export const pow = (x: Value, exponent: number): Value<'float32'> => apply('pow', floatRule, [x], { exponent });

/** x². */
export const square = (x: Value): Value<'float32'> => mul(x, x) as Value<'float32'>;

export const castRule: TypeRule<'cast'> = (inputs, { dtype }) => [{ dtype, shape: only(inputs).shape }];

/** The same elements in another dtype: float32 to int32 drops the fraction, anything but 0 is true. */
export const cast = <D extends DType>(x: Value, dtype: D): Value<D> =>
  x.dtype === dtype ? (x as Value<D>) : apply('cast', castRule, [x], { dtype });

export const sameRule = (inputs: readonly TensorType[]): readonly [TensorType] => [only(inputs)];

/** x itself, through which no gradient passes. */
export const stopGradient = <D extends DType>(x: Value<D>): Value<D> => apply('stopGradient', sameRule, [x], NONE);

function pairOf(inputs: readonly TensorType[]): [TensorType, TensorType] {
  const [a, b] = inputs;
  if (a === undefined || b === undefined || inputs.length !== 2) {
    throw shapeError(`takes 2 operands, not ${inputs.length}`);
  }
  if (a.dtype !== b.dtype) throw shapeError(`${a.dtype} with ${b.dtype}; cast one of them first`);
  return [a, b];
}

export const arithmeticRule = (inputs: readonly TensorType[]): readonly [TensorType] => {
  const [a, b] = pairOf(inputs);
  if (a.dtype === 'bool') throw shapeError('the operands are bool; cast them first');
  return [{ dtype: a.dtype, shape: broadcastShapes(a.shape, b.shape) }];
};

/** a + b with broadcasting, like the other operations of two operands. */
export const add = <D extends DType>(a: Operand<D>, b: Operand<D>): Value<D> =>
  apply('add', arithmeticRule, liftPair(a, b), NONE);
/** a − b. */
export const sub = <D extends DType>(a: Operand<D>, b: Operand<D>): Value<D> =>
  apply('sub', arithmeticRule, liftPair(a, b), NONE);
/** a · b, element by element. */
export const mul = <D extends DType>(a: Operand<D>, b: Operand<D>): Value<D> =>
  apply('mul', arithmeticRule, liftPair(a, b), NONE);

export const floatPairRule = (inputs: readonly TensorType[]): readonly [TensorType] => {
  requireDType(pairOf(inputs)[0], 'float32');
  return arithmeticRule(inputs);
};

/** a / b, float32 only. */
export const div = (a: Operand, b: Operand): Value<'float32'> => apply('div', floatPairRule, liftPair(a, b), NONE);
/** The larger of each pair; equal ones share the gradient evenly, as in PyTorch. */
export const maximum = (a: Operand, b: Operand): Value<'float32'> =>
  apply('maximum', floatPairRule, liftPair(a, b), NONE);
/** The smaller of each pair; equal ones share the gradient evenly, as in PyTorch. */
export const minimum = (a: Operand, b: Operand): Value<'float32'> =>
  apply('minimum', floatPairRule, liftPair(a, b), NONE);

export const comparisonRule = (inputs: readonly TensorType[]): readonly [TensorType] => {
  const [a, b] = pairOf(inputs);
  if (a.dtype === 'bool') throw shapeError('the operands are bool; cast them to int32 first');
  return [{ dtype: 'bool', shape: broadcastShapes(a.shape, b.shape) }];
};

/** a = b. */
export const equal = (a: Operand, b: Operand): Value<'bool'> => apply('equal', comparisonRule, liftPair(a, b), NONE);
/** a < b. */
export const less = (a: Operand, b: Operand): Value<'bool'> => apply('less', comparisonRule, liftPair(a, b), NONE);
/** a ≤ b. */
export const lessEqual = (a: Operand, b: Operand): Value<'bool'> =>
  apply('lessEqual', comparisonRule, liftPair(a, b), NONE);
/** a > b. */
export const greater = (a: Operand, b: Operand): Value<'bool'> => less(b, a);
/** a ≥ b. */
export const greaterEqual = (a: Operand, b: Operand): Value<'bool'> => lessEqual(b, a);
/** a ≠ b. */
export const notEqual = (a: Operand, b: Operand): Value<'bool'> => logicalNot(equal(a, b));

export const logicalRule = (inputs: readonly TensorType[]): readonly [TensorType] => {
  const [a, b] = pairOf(inputs);
  requireDType(a, 'bool');
  return [{ dtype: 'bool', shape: broadcastShapes(a.shape, b.shape) }];
};

export const logicalNotRule = (inputs: readonly TensorType[]): readonly [TensorType] => {
  requireDType(only(inputs), 'bool');
  return [only(inputs)];
};

/** Not x. */
export const logicalNot = (x: Value): Value<'bool'> => apply('logicalNot', logicalNotRule, [x], NONE);
/** a and b. */
export const logicalAnd = (a: Value, b: Value): Value<'bool'> => apply('logicalAnd', logicalRule, [a, b], NONE);
/** a or b. */
export const logicalOr = (a: Value, b: Value): Value<'bool'> => apply('logicalOr', logicalRule, [a, b], NONE);

export const whereRule: TypeRule<'where'> = (inputs) => {
  const [condition, a, b] = inputs;
  if (condition === undefined || a === undefined || b === undefined) throw shapeError('takes 3 operands');
  requireDType(condition, 'bool', 'condition');
  if (a.dtype !== b.dtype) throw shapeError(`${a.dtype} or ${b.dtype}; cast one of them first`);
  return [{ dtype: a.dtype, shape: broadcastShapes(condition.shape, broadcastShapes(a.shape, b.shape)) }];
};

/** a where the condition holds, else b. Nothing of the operand that is not chosen reaches the result, NaN neither. */
export const where = <D extends DType>(condition: Value, a: Operand<D>, b: Operand<D>): Value<D> =>
  apply('where', whereRule, [condition, ...liftPair(a, b)], NONE);
