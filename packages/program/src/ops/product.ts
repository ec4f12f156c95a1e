import { apply } from '../apply.ts';
import type { NoAttributes } from '../operation.ts';
import { broadcastShapes, dimensionAt, formatShape, shapesEqual, type Shape } from '../shape.ts';
import { shapeError } from '../shape-error.ts';
import type { TypeRule, Value } from '../value.ts';
import { requireDType } from './operand.ts';

/** What may stand beside the operands of a product. */
export interface MatMulOptions {
  /** Use the operand's last two axes exchanged. */
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** Multiplies the result. */
  readonly scale?: number;
}

const matrixOf = (shape: Shape, transposed: boolean): Shape =>
  transposed ? shape.slice(-2).toReversed() : shape.slice(-2);

export const matMulRule: TypeRule<'matMul'> = (inputs, { transposeA, transposeB }) => {
  const [a, b] = inputs;
  if (a === undefined || b === undefined) throw shapeError('takes 2 operands');
  requireDType(a, 'float32', 'first operand');
  requireDType(b, 'float32', 'second operand');
  const told = `${formatShape(a.shape)}${transposeA ? 'ᵀ' : ''} × ${formatShape(b.shape)}${transposeB ? 'ᵀ' : ''}`;
  if (a.shape.length < 2 || b.shape.length < 2) {
    throw shapeError(`${told}: each operand needs 2 axes or more; expandDims gives a vector one`);
  }
  const left = matrixOf(a.shape, transposeA);
  const right = matrixOf(b.shape, transposeB);
  if (left[1] !== right[0]) {
    const remedy = left[1] === right[1] ? '; transpose the second operand?' : '';
    throw shapeError(`${told}: inner sizes ${left[1]} and ${right[0]} differ${remedy}`);
  }
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return [{ dtype: 'float32', shape: [...batch, dimensionAt(left, 0), dimensionAt(right, 1)] }];
};

/** The product of the last two axes, (…, M, K) × (…, K, N) → (…, M, N); leading axes broadcast. */
export function matMul(a: Value, b: Value, options: MatMulOptions = {}): Value<'float32'> {
  const { transposeA = false, transposeB = false, scale = 1 } = options;
  return apply('matMul', matMulRule, [a, b], { transposeA, transposeB, scale });
}

export const linearRule: TypeRule<'linear'> = (inputs) => {
  const [x, weight, bias] = inputs;
  if (x === undefined || weight === undefined || bias === undefined) throw shapeError('takes x, weight and bias');
  for (const [name, operand] of Object.entries({ x, weight, bias })) requireDType(operand, 'float32', name);
  const told = `${formatShape(x.shape)} with a weight of ${formatShape(weight.shape)}`;
  if (x.shape.length < 2 || weight.shape.length !== 2) {
    throw shapeError(`${told}: x needs rows and features, the weight 2 axes, (out, in)`);
  }
  const [outSize, inSize] = [dimensionAt(weight.shape, 0), dimensionAt(weight.shape, 1)];
  const features = dimensionAt(x.shape, -1);
  if (features !== inSize) {
    const remedy = features === outSize ? '; the weight is stored as (out, in): transpose it?' : '';
    throw shapeError(`${told}: inner sizes ${features} and ${inSize} differ${remedy}`);
  }
  if (!shapesEqual(bias.shape, [outSize])) {
    throw shapeError(`${told}: the bias is ${formatShape(bias.shape)}, not ${formatShape([outSize])}`);
  }
  return [{ dtype: 'float32', shape: x.shape.with(-1, outSize) }];
};

const NONE: NoAttributes = {};

/** `x · weightᵀ + bias`, the weight stored as (out, in) like in PyTorch: (…, in) → (…, out). */
export const linear = (x: Value, weight: Value, bias: Value): Value<'float32'> =>
  apply('linear', linearRule, [x, weight, bias], NONE);
