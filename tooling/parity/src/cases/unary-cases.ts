import {
  abs,
  add,
  cast,
  clip,
  erf,
  exp,
  gelu,
  log,
  logicalNot,
  mul,
  neg,
  pow,
  relu,
  sigmoid,
  softplus,
  sqrt,
  stopGradient,
  tanh,
  type Value,
} from '@sentence-mtl/program';
import { between, bits, floats, integers, normal } from '../draws.ts';
import { operationCase, type CaseInput, type OperationCase } from '../operation-case.ts';
import type { CaseTable } from './case-table.ts';

type Draw = (...shape: (number | string)[]) => CaseInput;

/** A matrix of symbolic sizes, a scalar, and four axes. */
const shapes = (draw: Draw, f: (x: Value) => Value): OperationCase[] => [
  operationCase('a matrix', { x: draw('batch', 'sequence') }, ({ x }) => f(x)),
  operationCase('a scalar', { x: draw() }, ({ x }) => f(x)),
  operationCase('four axes', { x: draw(2, 1, 3, 2) }, ({ x }) => f(x)),
];

const extremes = floats(-1000, -100, -30, -1, -1e-3, 1e-3, 1, 30, 100, 1000)(10);
const negatives = between(-20, -10)(8);

export const unaryCases: Pick<
  CaseTable,
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
  neg: [...shapes(normal, neg), operationCase('integers', { x: integers(1, -2, 0)(3) }, ({ x }) => neg(x))],
  abs: [
    ...shapes(normal, abs),
    operationCase('the gradient at 0 is 0', { x: floats(0, -2, 2)(3) }, ({ x }) => abs(x)),
    operationCase('integers', { x: integers(1, -2, 0)(3) }, ({ x }) => abs(x)),
  ],
  exp: [...shapes(normal, exp), operationCase('tiny and large', { x: between(-30, 10)(8) }, ({ x }) => exp(x))],
  log: [
    ...shapes(between(0.2, 5), log),
    operationCase('tiny and large', { x: floats(1e-3, 1, 1e6)(3) }, ({ x }) => log(mul(x, x))),
  ],
  sqrt: shapes(between(0.2, 5), sqrt),
  erf: [...shapes(normal, erf), operationCase('far out', { x: extremes }, ({ x }) => erf(x))],
  tanh: [...shapes(normal, tanh), operationCase('far out', { x: extremes }, ({ x }) => tanh(x))],
  sigmoid: [
    ...shapes(normal, sigmoid),
    operationCase('far out', { x: extremes }, ({ x }) => sigmoid(x)),
    operationCase('tiny values keep their digits', { x: negatives }, ({ x }) => sigmoid(x)),
  ],
  softplus: [
    ...shapes(normal, softplus),
    operationCase('far out', { x: extremes }, ({ x }) => softplus(x)),
    operationCase('tiny values keep their digits', { x: negatives }, ({ x }) => softplus(x)),
  ],
  relu: [
    ...shapes(normal, relu),
    operationCase('the gradient at 0 is 0', { x: floats(-1, 0, 1)(3) }, ({ x }) => relu(x), {
      known: { because: 'relu has a kink at 0', gradients: { x: [0, 0, 1] } },
    }),
  ],
  gelu: [
    ...shapes(normal, (x) => gelu(x)),
    operationCase('exact, far out', { x: extremes }, ({ x }) => gelu(x)),
    operationCase('approximated', { x: normal('batch', 'sequence') }, ({ x }) => gelu(x, 'tanh')),
    operationCase('approximated, far out', { x: extremes }, ({ x }) => gelu(x, 'tanh')),
  ],
  clip: [
    ...shapes(normal, (x) => clip(x, -0.5, 0.75)),
    operationCase(
      'the gradient at a limit is 1',
      { x: floats(-1, -0.5, 0, 0.75, 1)(5) },
      ({ x }) => clip(x, -0.5, 0.75),
      {
        known: { because: 'clip has a kink at each limit', gradients: { x: [0, 1, 1, 1, 0] } },
      },
    ),
    operationCase('one limit is infinite', { x: normal(6) }, ({ x }) => clip(x, 0.1, Infinity)),
    operationCase('equal limits', { x: normal(6) }, ({ x }) => clip(x, 0.5, 0.5)),
  ],
  pow: [
    ...shapes(between(0.5, 2), (x) => pow(x, 1.7)),
    operationCase('the square of negative numbers', { x: normal(6) }, ({ x }) => pow(x, 2)),
    operationCase('the cube of negative numbers', { x: normal(6) }, ({ x }) => pow(x, 3)),
    operationCase('the reciprocal', { x: between(0.5, 2)(6) }, ({ x }) => pow(x, -1)),
    operationCase('the reciprocal square root', { x: between(0.5, 2)(6) }, ({ x }) => pow(x, -0.5)),
    operationCase('the square root', { x: between(0.5, 2)(6) }, ({ x }) => pow(x, 0.5)),
    operationCase('exponents 0 and 1', { x: normal(6) }, ({ x }) => add(pow(x, 0), pow(x, 1))),
    operationCase('the slope of x¹ at 0 is 1', { x: floats(0, 1)(2) }, ({ x }) => pow(x, 1)),
  ],
  cast: [
    operationCase('float32 to int32 drops the fraction', { x: floats(1.7, -1.7, 0.2, -0.2, 100)(5) }, ({ x }) =>
      cast(x, 'int32'),
    ),
    operationCase('float32 to bool', { x: floats(0.5, 0, -1, 256)(4) }, ({ x }) => cast(x, 'bool')),
    operationCase('int32 to float32', { x: integers(3, -100, 0)('batch', 3) }, ({ x }) => cast(x, 'float32')),
    operationCase('int32 to bool', { x: integers(3, -2, 0, 256)(4) }, ({ x }) => cast(x, 'bool')),
    operationCase('bool to float32', { x: bits('batch', 'sequence') }, ({ x }) => cast(x, 'float32')),
    operationCase('bool to int32', { x: bits('batch', 'sequence') }, ({ x }) => cast(x, 'int32')),
    operationCase('no gradient passes integers', { x: floats(1.7, -1.7)(2) }, ({ x }) =>
      cast(cast(x, 'int32'), 'float32'),
    ),
  ],
  stopGradient: [
    operationCase('the value passes and no gradient', { x: floats(2, -3)(2) }, ({ x }) => mul(x, stopGradient(x)), {
      known: { because: 'the stopped factor counts as a constant', gradients: { x: [2, -3] } },
    }),
    operationCase('integers', { x: integers(4, 5)(2) }, ({ x }) => stopGradient(x)),
  ],
  logicalNot: [
    operationCase('a matrix', { x: bits('batch', 'sequence') }, ({ x }) => logicalNot(x)),
    operationCase('a scalar', { x: bits() }, ({ x }) => logicalNot(x)),
  ],
};
