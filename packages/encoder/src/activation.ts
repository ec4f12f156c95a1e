import { unreachable } from '@sentence-mtl/core';
import { gelu, mul, relu, sigmoid, type Value } from '@sentence-mtl/program';

/** What stands between the two products of a feed-forward part, under our names. */
export type Activation = 'gelu' | 'geluTanh' | 'relu' | 'silu';

/** Names in config files to ours. */
export const ACTIVATION_NAMES: Readonly<Record<string, Activation>> = {
  gelu: 'gelu',
  gelu_new: 'geluTanh',
  gelu_pytorch_tanh: 'geluTanh',
  relu: 'relu',
  silu: 'silu',
  swish: 'silu',
};

export function activate(x: Value<'float32'>, activation: Activation): Value<'float32'> {
  switch (activation) {
    case 'gelu':
      return gelu(x);
    case 'geluTanh':
      return gelu(x, 'tanh');
    case 'relu':
      return relu(x);
    case 'silu':
      return mul(x, sigmoid(x));
    default:
      return unreachable(activation);
  }
}
