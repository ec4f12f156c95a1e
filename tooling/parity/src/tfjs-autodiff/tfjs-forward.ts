import {
  bindDimension,
  bindShape,
  keepMask,
  type Bindings,
  type NodeOf,
  type OperationName,
} from '@sentence-mtl/program';
import * as tf from '@tensorflow/tfjs-core';

type Forward<K extends OperationName> = (
  operands: readonly tf.Tensor[],
  attributes: NodeOf<K>['attributes'],
  bindings: Bindings,
) => tf.Tensor;

const at = (operands: readonly tf.Tensor[], index: number): tf.Tensor => {
  const operand = operands[index];
  if (operand === undefined) throw new RangeError(`no operand ${index}`);
  return operand;
};
const one =
  (f: (x: tf.Tensor) => tf.Tensor) =>
  (operands: readonly tf.Tensor[]): tf.Tensor =>
    f(at(operands, 0));
const two =
  (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) =>
  (operands: readonly tf.Tensor[]): tf.Tensor =>
    f(at(operands, 0), at(operands, 1));

/**
 * Every operation as someone would write it who knows tfjs alone: the fewest calls, no workaround. tfjs differentiates
 * these by its own rules, which are thus a second opinion on ours.
 */
export const tfjsForward: { readonly [K in Exclude<OperationName, 'input'>]: Forward<K> } = {
  constant: (_operands, { tensor }) => tf.tensor(tensor.data, [...tensor.shape], tensor.dtype),
  dimensionSize: (_operands, { dimension }, bindings) => tf.scalar(bindDimension(dimension, bindings)),
  range: (_operands, { end }, bindings) => tf.range(0, bindDimension(end, bindings), 1, 'int32'),
  reshape: (operands, { shape }, bindings) => tf.reshape(at(operands, 0), bindShape(shape, bindings)),
  transpose: (operands, { permutation }) => tf.transpose(at(operands, 0), [...permutation]),
  broadcastTo: (operands, { shape }, bindings) => tf.broadcastTo(at(operands, 0), bindShape(shape, bindings)),
  concat: (operands, { axis }) => tf.concat([...operands], axis),
  slice: (operands, { axis, start, end }, bindings) => {
    const [x, from, to] = [at(operands, 0), bindDimension(start, bindings), bindDimension(end, bindings)];
    return tf.slice(
      x,
      x.shape.map((_, i) => (i === axis ? from : 0)),
      x.shape.with(axis, to - from),
    );
  },
  pad: (operands, { axis, before, after }, bindings) => {
    const own: [number, number] = [bindDimension(before, bindings), bindDimension(after, bindings)];
    return tf.pad(
      at(operands, 0),
      at(operands, 0).shape.map((_, i): [number, number] => (i === axis ? own : [0, 0])),
    );
  },
  neg: one(tf.neg),
  abs: one(tf.abs),
  exp: one(tf.exp),
  log: one(tf.log),
  sqrt: one(tf.sqrt),
  erf: one(tf.erf),
  tanh: one(tf.tanh),
  sigmoid: one(tf.sigmoid),
  softplus: one(tf.softplus),
  relu: one(tf.relu),
  gelu: (operands, { approximate }) => {
    const x = at(operands, 0);
    const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.pow(x, 3))));
    const twice = approximate === 'tanh' ? tf.tanh(inner) : tf.erf(tf.div(x, Math.SQRT2));
    return tf.mul(tf.mul(0.5, x), tf.add(1, twice));
  },
  clip: (operands, { minimum, maximum }) => tf.clipByValue(at(operands, 0), minimum, maximum),
  pow: (operands, { exponent }) => tf.pow(at(operands, 0), exponent),
  cast: (operands, { dtype }) => tf.cast(at(operands, 0), dtype),
  stopGradient: (operands) =>
    tf.customGrad((x) => ({ value: (x as tf.Tensor).clone(), gradFunc: () => tf.zerosLike(x as tf.Tensor) }))(
      at(operands, 0),
    ),
  logicalNot: one(tf.logicalNot),
  add: two(tf.add),
  sub: two(tf.sub),
  mul: two(tf.mul),
  div: two(tf.div),
  maximum: two(tf.maximum),
  minimum: two(tf.minimum),
  equal: two(tf.equal),
  less: two(tf.less),
  lessEqual: two(tf.lessEqual),
  logicalAnd: two(tf.logicalAnd),
  logicalOr: two(tf.logicalOr),
  where: (operands) => tf.where(at(operands, 0), at(operands, 1), at(operands, 2)),
  sum: (operands, { axes, keepDimensions }) => tf.sum(at(operands, 0), [...axes], keepDimensions),
  mean: (operands, { axes, keepDimensions }) => tf.mean(at(operands, 0), [...axes], keepDimensions),
  max: (operands, { axes, keepDimensions }) => tf.max(at(operands, 0), [...axes], keepDimensions),
  min: (operands, { axes, keepDimensions }) => tf.min(at(operands, 0), [...axes], keepDimensions),
  logSumExp: (operands, { axes, keepDimensions }) => tf.logSumExp(at(operands, 0), [...axes], keepDimensions),
  argMax: (operands, { axis }) => tf.argMax(at(operands, 0), axis),
  cumsum: (operands, { axis, reverse }) => tf.cumsum(at(operands, 0), axis, false, reverse),
  softmax: one((x) => tf.softmax(x)),
  logSoftmax: one((x) => tf.logSoftmax(x)),
  layerNorm: (operands, { epsilon }) => {
    const { mean, variance } = tf.moments(at(operands, 0), -1, true);
    const normalized = tf.div(tf.sub(at(operands, 0), mean), tf.sqrt(tf.add(variance, epsilon)));
    return tf.add(tf.mul(normalized, at(operands, 1)), at(operands, 2));
  },
  softmaxCrossEntropy: (operands) => {
    const logits = at(operands, 0);
    // oneHot gives zeros for a label that is no class.
    const target = tf.oneHot(tf.cast(at(operands, 1), 'int32'), logits.shape.at(-1) ?? 0);
    return tf.neg(tf.sum(tf.mul(tf.cast(target, 'float32'), tf.logSoftmax(logits)), -1));
  },
  matMul: (operands, { transposeA, transposeB, scale }) =>
    tf.mul(tf.matMul(at(operands, 0), at(operands, 1), transposeA, transposeB), scale),
  linear: (operands) => tf.add(tf.matMul(at(operands, 0), at(operands, 1), false, true), at(operands, 2)),
  gather: two((table, indices) => tf.gather(table, tf.cast(indices, 'int32'))),
  scatterAdd: (operands, { rows }, bindings) => {
    const [indices, updates] = [tf.cast(at(operands, 0), 'int32'), at(operands, 1)];
    const flat = tf.reshape(updates, [indices.size, ...updates.shape.slice(indices.rank)]);
    return tf.unsortedSegmentSum(flat, tf.reshape(indices, [-1]) as tf.Tensor1D, bindDimension(rows, bindings));
  },
  dropoutMask: (operands, { shape, rate, site }, bindings) => {
    const sizes = bindShape(shape, bindings);
    const columns = sizes.at(-1) ?? 1;
    const rows = sizes.slice(0, -1).reduce((product, size) => product * size, 1);
    const key = Int32Array.from(at(operands, 0).dataSync());
    return tf.tensor(keepMask(key, rows, columns, rate, site), sizes, 'bool');
  },
};
