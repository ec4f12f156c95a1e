import { unreachable } from '@sentence-mtl/core';
import { add, gelu, linear, matMul, mul, relu, sigmoid, tanh, type Value } from '@sentence-mtl/program';

/** What may follow the product of a dense layer. */
export const DENSE_ACTIVATIONS = ['identity', 'tanh', 'relu', 'gelu', 'sigmoid', 'silu'] as const;

export type DenseActivation = (typeof DENSE_ACTIVATIONS)[number];

export interface DenseParameters {
  /** (out, in) */
  readonly weight: Value;
  /** (out); left out, there is none. */
  readonly bias?: Value;
  /** What is added to the result: x itself (out = in), or x times a matrix (out, in). */
  readonly residual?: 'identity' | Value;
}

function activate(x: Value<'float32'>, activation: DenseActivation): Value<'float32'> {
  switch (activation) {
    case 'identity':
      return x;
    case 'tanh':
      return tanh(x);
    case 'relu':
      return relu(x);
    case 'gelu':
      return gelu(x);
    case 'sigmoid':
      return sigmoid(x);
    case 'silu':
      return mul(x, sigmoid(x));
    default:
      return unreachable(activation);
  }
}

/** `activation(x · weightᵀ + bias)`, plus the residual where there is one: (B, in) → (B, out). */
export function dense(
  x: Value,
  { weight, bias, residual }: DenseParameters,
  activation: DenseActivation,
): Value<'float32'> {
  const product = bias === undefined ? matMul(x, weight, { transposeB: true }) : linear(x, weight, bias);
  const activated = activate(product, activation);
  if (residual === undefined) return activated;
  return add(activated, residual === 'identity' ? (x as Value<'float32'>) : matMul(x, residual, { transposeB: true }));
}
