import {
  add,
  cast,
  div,
  equal,
  erf,
  exp,
  less,
  lessEqual,
  logicalAnd,
  mul,
  neg,
  pow,
  sigmoid,
  square,
  sub,
  tanh,
  where,
} from '../ops/elementwise.ts';
import type { Node, Value } from '../value.ts';
import { sumToShape } from './broadcast.ts';
import { operand, result } from './operands.ts';
import type { GradientTable } from './table.ts';

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
const INVERSE_ROOT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);
const GELU_TANH_CUBIC = 0.044715;
const GELU_TANH_SCALE = Math.sqrt(2 / Math.PI);

/** d/dx x·Φ(x) = Φ(x) + x·φ(x). */
function geluSlope(x: Value): Value {
  const cumulative = mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
  const density = mul(exp(mul(square(x), -0.5)), INVERSE_ROOT_TWO_PI);
  return add(cumulative, mul(x, density));
}

/** The derivative of 0.5·x·(1 + tanh(u)) with u = sqrt(2/π)·(x + 0.044715·x³). */
function geluTanhSlope(x: Value): Value {
  const squared = square(x);
  const inner = mul(mul(x, add(mul(squared, GELU_TANH_CUBIC), 1)), GELU_TANH_SCALE);
  const innerSlope = mul(add(mul(squared, 3 * GELU_TANH_CUBIC), 1), GELU_TANH_SCALE);
  const t = tanh(inner);
  const outer = mul(add(t, 1), 0.5);
  return add(outer, mul(mul(mul(x, sub(1, square(t))), innerSlope), 0.5));
}

export const unaryGradients: Pick<
  GradientTable,
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
  neg: (upstream) => [neg(upstream)],
  abs: (upstream, node) => {
    const x = operand(node, 0);
    return [where(less(x, 0), neg(upstream), where(equal(x, 0), 0, upstream))];
  },
  exp: (upstream, node) => [mul(upstream, result(node))],
  log: (upstream, node) => [div(upstream, operand(node, 0))],
  sqrt: (upstream, node) => [div(mul(upstream, 0.5), result(node))],
  erf: (upstream, node) => [mul(upstream, mul(exp(neg(square(operand(node, 0)))), TWO_OVER_ROOT_PI))],
  tanh: (upstream, node) => [mul(upstream, sub(1, square(result(node))))],
  sigmoid: (upstream, node) => [mul(upstream, mul(result(node), sub(1, result(node))))],
  softplus: (upstream, node) => [mul(upstream, sigmoid(operand(node, 0)))],
  relu: (upstream, node) => [where(less(0, operand(node, 0)), upstream, 0)],
  gelu: (upstream, node) => {
    const x = operand(node, 0);
    return [mul(upstream, node.attributes.approximate === 'tanh' ? geluTanhSlope(x) : geluSlope(x))];
  },
  clip: (upstream, node) => {
    const { minimum, maximum } = node.attributes;
    const x = operand(node, 0);
    return [where(logicalAnd(lessEqual(minimum, x), lessEqual(x, maximum)), upstream, 0)];
  },
  pow: (upstream, node) => {
    const { exponent } = node.attributes;
    if (exponent === 0) return [mul(upstream, 0)];
    return [mul(upstream, mul(pow(operand(node, 0), exponent - 1), exponent))];
  },
  cast: (upstream, node) => [
    operand(node, 0).dtype === 'float32' && upstream.dtype === 'float32' ? upstream : undefined,
  ],
  stopGradient: () => [undefined],
  logicalNot: { none: 'its result is bool' },
};

/** Gradients of both operands, each brought back to its operand's shape. */
const pair = (node: Node, a: Value, b: Value): readonly [Value, Value] => [
  sumToShape(a, operand(node, 0).shape),
  sumToShape(b, operand(node, 1).shape),
];

/** 1 where the first wins, ½ where both are equal, 0 elsewhere. */
function winnerShare(first: Value, second: Value): Value {
  return where(equal(first, second), 0.5, cast(less(second, first), 'float32'));
}

const BOOL_RESULT = { none: 'its result is bool' };

export const binaryGradients: Pick<
  GradientTable,
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
  add: (upstream, node) => pair(node, upstream, upstream),
  sub: (upstream, node) => pair(node, upstream, neg(upstream)),
  mul: (upstream, node) => pair(node, mul(upstream, operand(node, 1)), mul(upstream, operand(node, 0))),
  div: (upstream, node) => {
    const overB = div(upstream, operand(node, 1));
    return pair(node, overB, neg(mul(overB, result(node))));
  },
  maximum: (upstream, node) => {
    const [a, b] = [operand(node, 0), operand(node, 1)];
    return pair(node, mul(upstream, winnerShare(a, b)), mul(upstream, winnerShare(b, a)));
  },
  minimum: (upstream, node) => {
    const [a, b] = [operand(node, 0), operand(node, 1)];
    return pair(node, mul(upstream, winnerShare(b, a)), mul(upstream, winnerShare(a, b)));
  },
  equal: BOOL_RESULT,
  less: BOOL_RESULT,
  lessEqual: BOOL_RESULT,
  logicalAnd: BOOL_RESULT,
  logicalOr: BOOL_RESULT,
  where: (upstream, node) => {
    const condition = operand(node, 0);
    const chosen = where(condition, upstream, 0);
    const other = where(condition, 0, upstream);
    return [undefined, sumToShape(chosen, operand(node, 1).shape), sumToShape(other, operand(node, 2).shape)];
  },
};
