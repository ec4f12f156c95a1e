import { operandAt, type Kernel, type KernelTable } from '../kernel.ts';
import type { DeviceTensor, TensorFlow } from '../tensor-flow.ts';

type ElementwiseName = keyof KernelTable;

const unary =
  (f: (tf: TensorFlow, x: DeviceTensor) => DeviceTensor): Kernel<ElementwiseName> =>
  (operands, _attributes, { tf }) => [f(tf, operandAt(operands, 0))];

const binary =
  (f: (tf: TensorFlow, a: DeviceTensor, b: DeviceTensor) => DeviceTensor): Kernel<ElementwiseName> =>
  (operands, _attributes, { tf }) => [f(tf, operandAt(operands, 0), operandAt(operands, 1))];

/** x/2 · (1 + erf(x/√2)). */
const gelu = (tf: TensorFlow, x: DeviceTensor): DeviceTensor =>
  tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));

/** x/2 · (1 + tanh(√(2/π) · x · (1 + 0.044715·x²))). */
function geluTanh(tf: TensorFlow, x: DeviceTensor): DeviceTensor {
  const inner = tf.mul(tf.mul(x, Math.sqrt(2 / Math.PI)), tf.add(tf.mul(tf.square(x), 0.044715), 1));
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}

export const unaryKernels: Pick<
  KernelTable,
  | 'neg'
  | 'abs'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'erf'
  | 'tanh'
  | 'sigmoid'
  | 'softplus'
  | 'relu'
  | 'gelu'
  | 'clip'
  | 'pow'
  | 'cast'
  | 'stopGradient'
  | 'logicalNot'
> = {
  neg: unary((tf, x) => tf.neg(x)),
  abs: unary((tf, x) => tf.abs(x)),
  exp: unary((tf, x) => tf.exp(x)),
  log: unary((tf, x) => tf.log(x)),
  sqrt: unary((tf, x) => tf.sqrt(x)),
  erf: unary((tf, x) => tf.erf(x)),
  tanh: unary((tf, x) => tf.tanh(x)),
  sigmoid: unary((tf, x) => tf.sigmoid(x)),
  softplus: unary((tf, x) => tf.softplus(x)),
  relu: unary((tf, x) => tf.relu(x)),
  gelu: (operands, { approximate }, { tf }) => [(approximate === 'tanh' ? geluTanh : gelu)(tf, operandAt(operands, 0))],
  clip: (operands, { minimum, maximum }, { tf }) => [tf.clipByValue(operandAt(operands, 0), minimum, maximum)],
  pow: (operands, { exponent }, { tf }) => [tf.pow(operandAt(operands, 0), tf.scalar(exponent))],
  cast(operands, { dtype }, { tf }) {
    const x = operandAt(operands, 0);
    // The cast of the wasm backend to bool keeps the low byte: 256 and 0.5 would be false.
    return [dtype === 'bool' ? tf.notEqual(x, tf.zerosLike(x)) : tf.cast(x, dtype)];
  },
  stopGradient: unary((tf, x) => tf.clone(x)),
  logicalNot: unary((tf, x) => tf.logicalNot(x)),
};

export const binaryKernels: Pick<
  KernelTable,
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'maximum'
  | 'minimum'
  | 'equal'
  | 'less'
  | 'lessEqual'
  | 'logicalAnd'
  | 'logicalOr'
  | 'where'
> = {
  add: binary((tf, a, b) => tf.add(a, b)),
  sub: binary((tf, a, b) => tf.sub(a, b)),
  mul: binary((tf, a, b) => tf.mul(a, b)),
  div: binary((tf, a, b) => tf.div(a, b)),
  maximum: binary((tf, a, b) => tf.maximum(a, b)),
  minimum: binary((tf, a, b) => tf.minimum(a, b)),
  equal: binary((tf, a, b) => tf.equal(a, b)),
  less: binary((tf, a, b) => tf.less(a, b)),
  lessEqual: binary((tf, a, b) => tf.lessEqual(a, b)),
  logicalAnd: binary((tf, a, b) => tf.logicalAnd(a, b)),
  logicalOr: binary((tf, a, b) => tf.logicalOr(a, b)),
  where(operands, _attributes, { tf }) {
    const [condition, a, b] = [operandAt(operands, 0), operandAt(operands, 1), operandAt(operands, 2)];
    if (a.dtype !== 'bool') return [tf.where(condition, a, b)];
    // The kernel of the wasm backend copies 4 bytes an element, and so writes past the end of bools.
    return [tf.logicalOr(tf.logicalAnd(condition, a), tf.logicalAnd(tf.logicalNot(condition), b))];
  },
};
