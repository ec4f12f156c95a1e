import { boolTensor, float32Tensor, int32Tensor, type HostTensor } from '@sentence-mtl/core';
import {
  abs,
  add,
  argMax,
  broadcastTo,
  cast,
  clip,
  concat,
  constant,
  cumsum,
  dimensionSize,
  div,
  dropoutKey,
  dropoutMask,
  equal,
  erf,
  exp,
  gather,
  gelu,
  keepMask,
  layerNorm,
  less,
  lessEqual,
  linear,
  log,
  logicalAnd,
  logicalNot,
  logicalOr,
  logSoftmax,
  logSumExp,
  matMul,
  max,
  maximum,
  mean,
  min,
  minimum,
  mul,
  neg,
  pad,
  pow,
  range,
  relu,
  scalar,
  reshape,
  scatterAdd,
  sigmoid,
  slice,
  softmax,
  softmaxCrossEntropy,
  softplus,
  sqrt,
  stopGradient,
  sub,
  sum,
  tanh,
  transpose,
  where,
  type OperationName,
  type Shape,
  type Value,
  defineProgram,
  type Program,
} from '@sentence-mtl/program';
import { expect, test } from 'vitest';

/** One use of an operation: its operands, and the result worked out by hand or in float64. */
export interface OperationCase {
  readonly title: string;
  readonly operands: readonly HostTensor[];
  /** How the operands are declared, where their axes are not of fixed size. */
  readonly declared?: readonly Shape[];
  readonly build: (...operands: Value[]) => Value;
  readonly expected: HostTensor;
  /** Relative to the largest of 1 and the expected element; left out, the result is exact. */
  readonly tolerance?: number;
}

const f = (shape: readonly number[], ...data: readonly number[]): HostTensor => float32Tensor(data, shape);
const i = (shape: readonly number[], ...data: readonly number[]): HostTensor => int32Tensor(data, shape);
const b = (shape: readonly number[], ...data: readonly number[]): HostTensor => boolTensor(data, shape);

const FEW = [-2.5, -1, 0, 0.5, 1, 3];

function unary(
  build: (x: Value) => Value,
  of: (x: number) => number,
  xs: readonly number[],
  tolerance = 2e-6,
): OperationCase {
  const shape = [xs.length];
  return {
    title: `of ${xs.join(' ')}`,
    operands: [f(shape, ...xs)],
    build,
    expected: f(shape, ...xs.map(of)),
    tolerance,
  };
}

type Pair = (x: Value, y: Value) => Value;

/** (2, 3) with (3), (2, 1) with (1, 3), and scalar with vector. */
function pairs(
  build: Pair,
  of: (x: number, y: number) => number,
  result: typeof f,
  operand: typeof f,
): OperationCase[] {
  const left = [1, -2, 3, 0, 5, -6];
  const right = [2, -2, 1];
  const map = (x: readonly number[], y: readonly number[]): number[] => x.flatMap((a) => y.map((c) => of(a, c)));
  return [
    {
      title: '(2, 3) with (3)',
      operands: [operand([2, 3], ...left), operand([3], ...right)],
      build,
      expected: result([2, 3], ...left.map((x, at) => of(x, right[at % 3] ?? 0))),
    },
    {
      title: '(batch, 1) with (1, width)',
      operands: [operand([2, 1], 1, -2), operand([1, 3], ...right)],
      declared: [
        ['batch', 1],
        [1, 'width'],
      ],
      build,
      expected: result([2, 3], ...map([1, -2], right)),
    },
    {
      title: 'a scalar with (3)',
      operands: [operand([], -2), operand([3], ...right)],
      build,
      expected: result([3], ...map([-2], right)),
    },
  ];
}

const float = (value: number): number => Math.fround(value);
/** The error function by its Taylor series. */
function erfOf(x: number): number {
  let term = x;
  let total = x;
  for (let n = 1; n < 80; n++) {
    term *= (-x * x) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}
const geluTanhOf = (x: number): number => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
const softplusOf = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

type Reduce = (x: Value, axes?: number | readonly number[], keep?: boolean) => Value;

function reductions(
  build: Reduce,
  of: (xs: readonly number[]) => number,
  operand: typeof f = f,
  tolerance = 1e-6,
): OperationCase[] {
  const xs = [1, 5, -2, 4, 0, 3, 7, -1, 2, 2, 6, -3];
  const pick = (...at: number[]): number => of(at.map((index) => xs[index] ?? 0));
  const x = operand([2, 2, 3], ...xs);
  return [
    {
      title: 'the last axis',
      operands: [x],
      build: (v) => build(v, -1),
      expected: operand([2, 2], pick(0, 1, 2), pick(3, 4, 5), pick(6, 7, 8), pick(9, 10, 11)),
      tolerance,
    },
    {
      title: 'two axes, kept',
      operands: [x],
      declared: [['batch', 2, 'width']],
      build: (v) => build(v, [0, 2], true),
      expected: operand([1, 2, 1], pick(0, 1, 2, 6, 7, 8), pick(3, 4, 5, 9, 10, 11)),
      tolerance,
    },
    { title: 'all axes', operands: [x], build: (v) => build(v), expected: operand([], of(xs)), tolerance },
    {
      title: 'all axes of a scalar',
      operands: [operand([], 4)],
      build: (v) => build(v),
      expected: operand([], of([4])),
      tolerance,
    },
  ];
}

const total = (xs: readonly number[]): number => xs.reduce((a, c) => a + c, 0);
const logTotal = (xs: readonly number[]): number => {
  const largest = Math.max(...xs);
  return largest + Math.log(total(xs.map((x) => Math.exp(x - largest))));
};
const softmaxOf = (xs: readonly number[]): number[] => xs.map((x) => Math.exp(x - logTotal(xs)));

const LOGITS = [
  [1, 2, 3],
  [1000, 0, -1000],
  [-5, -5, -5],
];
const logits = f([3, 3], ...LOGITS.flat());

function normalized(xs: readonly number[], epsilon: number): number[] {
  const mu = total(xs) / xs.length;
  const variance = total(xs.map((x) => (x - mu) ** 2)) / xs.length;
  return xs.map((x) => (x - mu) / Math.sqrt(variance + epsilon));
}

function mask(shape: readonly number[], declared: Shape, rate: number, site: number): OperationCase {
  const key = dropoutKey(42, 7);
  const columns = shape.at(-1) ?? 1;
  const rows = shape.reduce((product, size) => product * size, 1) / columns;
  return {
    title: `(${declared.join(', ')}) at rate ${rate}, site ${site}`,
    operands: [i([2], ...key), f(shape, ...new Float32Array(rows * columns))],
    declared: [[2], declared],
    build: (k, x) => dropoutMask(k, x.shape, rate, site),
    expected: boolTensor(keepMask(key, rows, columns, rate, site), shape),
  };
}

const iota = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

export const operationCases: { readonly [K in OperationName]: readonly OperationCase[] } = {
  input: [{ title: 'passes through', operands: [f([2], 1, 2)], build: (x) => x, expected: f([2], 1, 2) }],
  constant: [
    {
      title: 'float32',
      operands: [f([1], 1)],
      build: (x) => add(x, constant(float32Tensor([1, 2], [2]))),
      expected: f([2], 2, 3),
    },
    {
      title: 'int32, as an output',
      operands: [],
      build: () => constant(int32Tensor([1, -2], [2])),
      expected: i([2], 1, -2),
    },
    {
      title: 'bool',
      operands: [b([2], 1, 0)],
      build: (x) => logicalAnd(x, constant(boolTensor([1, 1], [2]))),
      expected: b([2], 1, 0),
    },
  ],
  dimensionSize: [
    {
      title: 'of 2·batch + 1',
      operands: [f([3, 2], ...iota(6))],
      declared: [['batch', 2]],
      build: () => dimensionSize('2*batch+1'),
      expected: f([], 7),
    },
    {
      title: 'of a product',
      operands: [f([3, 2], ...iota(6))],
      declared: [['batch', 'width']],
      build: () => dimensionSize('batch*width'),
      expected: f([], 6),
    },
    { title: 'of an integer', operands: [f([3], 1, 2, 3)], build: () => dimensionSize(3), expected: f([], 3) },
  ],
  range: [
    {
      title: 'to a symbol',
      operands: [f([4], 0, 0, 0, 0)],
      declared: [['length']],
      build: () => range('length'),
      expected: i([4], 0, 1, 2, 3),
    },
    { title: 'to an integer', operands: [], build: () => range(3), expected: i([3], 0, 1, 2) },
  ],
  reshape: [
    {
      title: 'one unknown size',
      operands: [f([2, 6], ...iota(12))],
      declared: [['batch', 6]],
      build: (x) => reshape(x, ['batch', 2, 3]),
      expected: f([2, 2, 3], ...iota(12)),
    },
    {
      title: 'an unknown size moved',
      operands: [f([6, 2], ...iota(12))],
      declared: [[6, 'batch']],
      build: (x) => reshape(x, ['batch', 2, 3]),
      expected: f([2, 2, 3], ...iota(12)),
    },
    {
      title: 'two unknown sizes',
      operands: [f([6, 2], ...iota(12)), f([2, 3], ...iota(6))],
      declared: [
        ['batch*length', 2],
        ['batch', 'length'],
      ],
      build: (x) => reshape(x, ['batch', 'length', 2]),
      expected: f([2, 3, 2], ...iota(12)),
    },
    { title: 'to a scalar, bool', operands: [b([1, 1], 1)], build: (x) => reshape(x, []), expected: b([], 1) },
    { title: 'no elements', operands: [f([0, 6])], build: (x) => reshape(x, [2, 0, 3]), expected: f([2, 0, 3]) },
  ],
  transpose: [
    {
      title: 'three axes',
      operands: [f([2, 1, 3], ...iota(6))],
      declared: [['batch', 1, 3]],
      build: (x) => transpose(x, [2, 0, 1]),
      expected: f([3, 2, 1], 0, 3, 1, 4, 2, 5),
    },
    { title: 'int32', operands: [i([2, 2], 1, 2, 3, 4)], build: (x) => transpose(x), expected: i([2, 2], 1, 3, 2, 4) },
    { title: 'bool', operands: [b([2, 2], 1, 1, 0, 0)], build: (x) => transpose(x), expected: b([2, 2], 1, 0, 1, 0) },
  ],
  broadcastTo: [
    {
      title: 'an axis of 1',
      operands: [f([2, 1], 1, 2), f([3], 0, 0, 0)],
      declared: [['batch', 1], ['width']],
      build: (x) => broadcastTo(x, ['batch', 'width']),
      expected: f([2, 3], 1, 1, 1, 2, 2, 2),
    },
    { title: 'a scalar', operands: [i([], 5)], build: (x) => broadcastTo(x, [2, 2]), expected: i([2, 2], 5, 5, 5, 5) },
    {
      title: 'bool, a leading axis',
      operands: [b([2], 1, 0)],
      build: (x) => broadcastTo(x, [2, 2]),
      expected: b([2, 2], 1, 0, 1, 0),
    },
  ],
  concat: [
    {
      title: 'float32',
      operands: [f([2, 1], 1, 2), f([2, 2], 3, 4, 5, 6)],
      declared: [
        ['batch', 1],
        ['batch', 2],
      ],
      build: (x, y) => concat([x, y], 1),
      expected: f([2, 3], 1, 3, 4, 2, 5, 6),
    },
    {
      title: 'bool',
      operands: [b([1], 1), b([2], 0, 1)],
      build: (x, y) => concat([x, y], 0),
      expected: b([3], 1, 0, 1),
    },
    { title: 'int32, one operand', operands: [i([1], 1)], build: (x) => concat([x], 0), expected: i([1], 1) },
  ],
  slice: [
    {
      title: 'inside',
      operands: [f([2, 4], ...iota(8))],
      declared: [['batch', 4]],
      build: (x) => slice(x, 1, 1, 3),
      expected: f([2, 2], 1, 2, 5, 6),
    },
    {
      title: 'to a symbol',
      operands: [i([4], 1, 2, 3, 4), f([3], 0, 0, 0)],
      declared: [[4], ['length']],
      build: (x) => slice(x, 0, 1, 'length'),
      expected: i([2], 2, 3),
    },
    { title: 'bool, nothing', operands: [b([3], 1, 1, 1)], build: (x) => slice(x, 0, 1, 1), expected: b([0]) },
  ],
  pad: [
    {
      title: 'one axis of two',
      operands: [f([2, 1], 1, 2)],
      declared: [['batch', 1]],
      build: (x) => pad(x, 1, 1, 2),
      expected: f([2, 4], 0, 1, 0, 0, 0, 2, 0, 0),
    },
    {
      title: 'by a symbol',
      operands: [f([1, 2], 1, 2), f([2], 0, 0)],
      declared: [[1, 2], ['batch']],
      build: (x) => pad(x, 0, 0, 'batch'),
      expected: f([3, 2], 1, 2, 0, 0, 0, 0),
    },
    { title: 'int32', operands: [i([1], 7)], build: (x) => pad(x, 0, 1, 0), expected: i([2], 0, 7) },
    { title: 'bool', operands: [b([1], 1)], build: (x) => pad(x, 0, 1, 1), expected: b([3], 0, 1, 0) },
  ],
  neg: [
    unary(neg, (x) => -x, FEW),
    { title: 'int32', operands: [i([2], 3, -4)], build: (x) => neg(x), expected: i([2], -3, 4) },
  ],
  abs: [
    unary(abs, Math.abs, FEW),
    { title: 'int32', operands: [i([2], 3, -4)], build: (x) => abs(x), expected: i([2], 3, 4) },
  ],
  exp: [unary(exp, Math.exp, [-90, ...FEW, 10])],
  log: [unary(log, Math.log, [1e-30, 0.5, 1, 3, 1e30])],
  sqrt: [unary(sqrt, Math.sqrt, [0, 0.25, 2, 1e30])],
  erf: [unary(erf, erfOf, FEW)],
  tanh: [unary(tanh, Math.tanh, [-90, ...FEW, 90])],
  sigmoid: [unary(sigmoid, (x) => 1 / (1 + Math.exp(-x)), [-90, ...FEW, 90])],
  softplus: [
    unary(softplus, softplusOf, [...FEW, 20, 1000, -1000]),
    // What is small is right to seven digits, too.
    unary(
      (x) => log(softplus(x)),
      (x) => Math.log(softplusOf(x)),
      [-80, -40, -20, -17, -10, -5, -1, 0],
    ),
  ],
  relu: [unary(relu, (x) => Math.max(x, 0), FEW)],
  gelu: [
    unary(
      (x) => gelu(x),
      (x) => 0.5 * x * (1 + erfOf(x * Math.SQRT1_2)),
      FEW,
    ),
    unary((x) => gelu(x, 'tanh'), geluTanhOf, FEW),
  ],
  clip: [
    unary(
      (x) => clip(x, -1, 0.5),
      (x) => Math.min(Math.max(x, -1), 0.5),
      FEW,
    ),
    unary(
      (x) => clip(x, 1e-9, Infinity),
      (x) => Math.max(x, 1e-9),
      FEW,
    ),
  ],
  pow: [
    unary(
      (x) => pow(x, 3),
      (x) => x ** 3,
      FEW,
    ),
    unary(
      (x) => pow(x, -0.5),
      (x) => x ** -0.5,
      [0.25, 2, 9],
    ),
  ],
  cast: [
    {
      title: 'float32 to int32',
      operands: [f([4], 1.9, -1.9, 0, 7)],
      build: (x) => cast(x, 'int32'),
      expected: i([4], 1, -1, 0, 7),
    },
    {
      title: 'float32 to bool',
      operands: [f([3], 0.5, 0, -2)],
      build: (x) => cast(x, 'bool'),
      expected: b([3], 1, 0, 1),
    },
    { title: 'int32 to float32', operands: [i([2], -7, 3)], build: (x) => cast(x, 'float32'), expected: f([2], -7, 3) },
    { title: 'int32 to bool', operands: [i([2], -7, 0)], build: (x) => cast(x, 'bool'), expected: b([2], 1, 0) },
    { title: 'bool to float32', operands: [b([2], 1, 0)], build: (x) => cast(x, 'float32'), expected: f([2], 1, 0) },
    { title: 'bool to int32', operands: [b([2], 1, 0)], build: (x) => cast(x, 'int32'), expected: i([2], 1, 0) },
  ],
  stopGradient: [
    { title: 'is the operand', operands: [f([1], 3)], build: (x) => add(stopGradient(x), 1), expected: f([1], 4) },
  ],
  logicalNot: [{ title: 'bool', operands: [b([2], 1, 0)], build: (x) => logicalNot(x), expected: b([2], 0, 1) }],
  add: [...pairs(add, (x, y) => x + y, f, f), ...pairs(add, (x, y) => x + y, i, i)],
  sub: [...pairs(sub, (x, y) => x - y, f, f), ...pairs(sub, (x, y) => x - y, i, i)],
  mul: [
    ...pairs(mul, (x, y) => x * y, f, f),
    ...pairs(mul, (x, y) => x * y, i, i),
    {
      title: 'int32 that overflows wraps',
      operands: [i([1], 123456789), i([1], 987654321)],
      build: (x, y) => mul(x, y),
      expected: i([1], Math.imul(123456789, 987654321)),
    },
  ],
  div: pairs(div, (x, y) => float(x / y), f, f),
  maximum: pairs(maximum, Math.max, f, f),
  minimum: pairs(minimum, Math.min, f, f),
  equal: [...pairs(equal, (x, y) => Number(x === y), b, f), ...pairs(equal, (x, y) => Number(x === y), b, i)],
  less: [...pairs(less, (x, y) => Number(x < y), b, f), ...pairs(less, (x, y) => Number(x < y), b, i)],
  lessEqual: [...pairs(lessEqual, (x, y) => Number(x <= y), b, f), ...pairs(lessEqual, (x, y) => Number(x <= y), b, i)],
  logicalAnd: [
    {
      title: 'broadcasting',
      operands: [b([2, 1], 1, 0), b([2], 1, 0)],
      build: logicalAnd,
      expected: b([2, 2], 1, 0, 0, 0),
    },
  ],
  logicalOr: [
    {
      title: 'broadcasting',
      operands: [b([2, 1], 1, 0), b([2], 1, 0)],
      build: logicalOr,
      expected: b([2, 2], 1, 1, 1, 0),
    },
  ],
  where: [
    {
      title: 'float32, broadcasting',
      operands: [b([2, 1], 1, 0), f([2], 1, 2), f([], 9)],
      build: (c, x, y) => where(c, x, y),
      expected: f([2, 2], 1, 2, 9, 9),
    },
    {
      title: '1.25 or 0',
      operands: [b([2], 1, 0)],
      build: (c) => where(c, scalar(1.25, 'float32'), scalar(0, 'float32')),
      expected: f([2], 1.25, 0),
    },
    {
      title: '0 or 3',
      operands: [b([2], 1, 0)],
      build: (c) => where(c, scalar(0, 'float32'), scalar(3, 'float32')),
      expected: f([2], 0, 3),
    },
    {
      title: '1 or 0',
      operands: [b([2], 1, 0)],
      build: (c) => where(c, scalar(1, 'float32'), scalar(0, 'float32')),
      expected: f([2], 1, 0),
    },
    {
      title: '0 or -3',
      operands: [b([2], 1, 0)],
      build: (c) => where(c, scalar(0, 'float32'), scalar(-3, 'float32')),
      expected: f([2], 0, -3),
    },
    {
      title: '2 or 0.1',
      operands: [b([2], 1, 0)],
      build: (c) => where(c, scalar(2, 'float32'), scalar(0.1, 'float32')),
      expected: f([2], 2, 0.1),
    },
    {
      title: '0 or Infinity',
      operands: [b([2], 1, 0)],
      build: (c) => where(c, scalar(0, 'float32'), scalar(Infinity, 'float32')),
      expected: f([2], 0, Infinity),
    },
    {
      title: 'NaN that is not chosen',
      operands: [b([2], 1, 0), f([2], 1, NaN), f([2], Infinity, 4)],
      build: (c, x, y) => where(c, x, y),
      expected: f([2], 1, 4),
    },
    {
      title: 'int32',
      operands: [b([2], 1, 0), i([2], 1, 2), i([2], 3, 4)],
      build: (c, x, y) => where(c, x, y),
      expected: i([2], 1, 4),
    },
    {
      title: 'bool',
      operands: [b([4], 1, 0, 1, 0), b([4], 1, 1, 0, 0), b([4], 0, 0, 1, 1)],
      build: (c, x, y) => where(c, x, y),
      expected: b([4], 1, 0, 0, 1),
    },
  ],
  sum: [...reductions(sum, total), ...reductions(sum, total, i)],
  mean: reductions(mean, (xs) => total(xs) / xs.length),
  max: reductions(max, (xs) => Math.max(...xs)),
  min: reductions(min, (xs) => Math.min(...xs)),
  logSumExp: [
    ...reductions(logSumExp, logTotal),
    {
      title: 'large, small and infinite elements',
      operands: [f([3, 2], 1000, 1000, -1000, -1001, -Infinity, -Infinity)],
      build: (x) => logSumExp(x, 1),
      expected: f([3], 1000 + Math.LN2, logTotal([-1000, -1001]), -Infinity),
      tolerance: 1e-6,
    },
  ],
  argMax: [
    {
      title: 'the first of equal ones',
      operands: [f([2, 3], 1, 5, 5, 0, -1, 0)],
      declared: [['batch', 3]],
      build: (x) => argMax(x, 1),
      expected: i([2], 1, 0),
    },
    { title: 'the first axis', operands: [f([2, 2], 1, 4, 3, 2)], build: (x) => argMax(x, 0), expected: i([2], 1, 0) },
  ],
  cumsum: [
    {
      title: 'forwards',
      operands: [f([2, 3], 1, 2, 3, 4, 5, 6)],
      build: (x) => cumsum(x, 1),
      expected: f([2, 3], 1, 3, 6, 4, 9, 15),
    },
    {
      title: 'from the end of axis 0',
      operands: [f([2, 2], 1, 2, 3, 4)],
      declared: [['batch', 2]],
      build: (x) => cumsum(x, 0, true),
      expected: f([2, 2], 4, 6, 3, 4),
    },
  ],
  softmax: [
    {
      title: 'of large numbers',
      operands: [logits],
      declared: [['batch', 3]],
      build: softmax,
      expected: f([3, 3], ...LOGITS.flatMap(softmaxOf)),
      tolerance: 1e-6,
    },
  ],
  logSoftmax: [
    {
      title: 'of large numbers',
      operands: [logits],
      build: logSoftmax,
      expected: f([3, 3], ...LOGITS.flatMap((xs) => xs.map((x) => x - logTotal(xs)))),
      tolerance: 1e-6,
    },
  ],
  layerNorm: [
    {
      title: 'rows',
      operands: [f([2, 3], 1, 2, 4, 100, 101, 99), f([3], 1, 2, 3), f([3], 0, 1, -1)],
      declared: [['batch', 3], [3], [3]],
      build: (x, gamma, beta) => layerNorm(x, gamma, beta, 1e-5),
      expected: f(
        [2, 3],
        ...[
          [1, 2, 4],
          [100, 101, 99],
        ].flatMap((row) => normalized(row, 1e-5).map((x, at) => x * (at + 1) + ([0, 1, -1][at] ?? 0))),
      ),
      tolerance: 2e-6,
    },
    {
      title: 'the inverse standard deviation',
      operands: [f([1, 2], 1, 3), f([2], 1, 1), f([2], 0, 0)],
      build: (x, gamma, beta) => layerNorm(x, gamma, beta, 3).node.outputs[2] ?? x,
      expected: f([1, 1], 0.5),
      tolerance: 1e-6,
    },
  ],
  softmaxCrossEntropy: [
    {
      title: 'missing labels',
      operands: [f([4, 3], ...LOGITS.flat(), 1, 2, 3), i([4], 2, 0, -100, 3)],
      declared: [['batch', 3], ['batch']],
      build: softmaxCrossEntropy,
      expected: f([4], logTotal([1, 2, 3]) - 3, 0, 0, 0),
      tolerance: 1e-6,
    },
    {
      title: 'a symbolic number of classes',
      operands: [f([1, 2, 3], ...LOGITS.flat().slice(0, 6)), i([1, 2], 0, 1)],
      declared: [
        ['batch', 2, 'classes'],
        ['batch', 2],
      ],
      build: softmaxCrossEntropy,
      expected: f([1, 2], logTotal([1, 2, 3]) - 1, 1000),
      tolerance: 1e-6,
    },
    {
      title: 'the log softmax',
      operands: [f([1, 2], 0, 0), i([1], 0)],
      build: (x, labels) => softmaxCrossEntropy(x, labels).node.outputs[1] ?? x,
      expected: f([1, 2], -Math.LN2, -Math.LN2),
      tolerance: 1e-6,
    },
  ],
  matMul: [
    {
      title: 'matrices',
      operands: [f([2, 2], 1, 2, 3, 4), f([2, 1], 5, 6)],
      build: (x, y) => matMul(x, y),
      expected: f([2, 1], 17, 39),
    },
    {
      title: 'transposed and scaled',
      operands: [f([1, 2], 5, 6), f([2, 2], 1, 2, 3, 4)],
      build: (x, y) => matMul(y, x, { transposeA: true, transposeB: true, scale: 0.5 }),
      expected: f([2, 1], 11.5, 17),
    },
    {
      title: 'batches that broadcast',
      operands: [f([2, 1, 1, 2], 1, 2, 3, 4), f([2, 2, 1], 1, 0, 0, 1)],
      declared: [
        ['batch', 1, 1, 2],
        [2, 2, 1],
      ],
      build: (x, y) => matMul(x, y),
      expected: f([2, 2, 1, 1], 1, 2, 3, 4),
    },
    {
      title: 'batches, transposed and scaled',
      operands: [f([2, 1, 2], 1, 2, 3, 4), f([2, 1, 2], 1, 1, 2, 0)],
      declared: [
        ['batch', 1, 2],
        ['batch', 1, 2],
      ],
      build: (x, y) => matMul(x, y, { transposeB: true, scale: 2 }),
      expected: f([2, 1, 1], 6, 12),
    },
    {
      title: 'batches, the first transposed',
      operands: [f([1, 2, 1], 1, 2), f([1, 2, 1], 3, 4)],
      build: (x, y) => matMul(x, y, { transposeA: true }),
      expected: f([1, 1, 1], 11),
    },
    {
      title: 'a batch by one matrix, transposed',
      operands: [f([2, 1, 2], 1, 2, 3, 4), f([1, 2], 1, 10)],
      build: (x, y) => matMul(x, y, { transposeB: true }),
      expected: f([2, 1, 1], 21, 43),
    },
  ],
  linear: [
    {
      title: 'rows',
      operands: [f([2, 2], 1, 2, 3, 4), f([1, 2], 1, 10), f([1], 0.5)],
      declared: [['batch', 2], [1, 2], [1]],
      build: linear,
      expected: f([2, 1], 21.5, 43.5),
    },
    {
      title: 'rows of rows',
      operands: [f([2, 1, 2], 1, 2, 3, 4), f([3, 2], 1, 0, 0, 1, 1, 1), f([3], 0, 0, 1)],
      declared: [['batch', 'length', 2], [3, 2], [3]],
      build: linear,
      expected: f([2, 1, 3], 1, 2, 4, 3, 4, 8),
    },
  ],
  gather: [
    {
      title: 'rows of a table',
      operands: [f([3, 2], ...iota(6)), i([2, 2], 2, 0, 0, 1)],
      declared: [
        [3, 2],
        ['batch', 2],
      ],
      build: gather,
      expected: f([2, 2, 2], 4, 5, 0, 1, 0, 1, 2, 3),
    },
    {
      title: 'int32 elements of a vector',
      operands: [i([3], 7, 8, 9), i([2], 2, 2)],
      build: gather,
      expected: i([2], 9, 9),
    },
    { title: 'bool by a scalar', operands: [b([2, 2], 1, 0, 0, 1), i([], 1)], build: gather, expected: b([2], 0, 1) },
  ],
  scatterAdd: [
    {
      title: 'repeated indices',
      operands: [i([2, 2], 2, 0, 2, 2), f([2, 2, 2], ...iota(8))],
      declared: [
        ['batch', 2],
        ['batch', 2, 2],
      ],
      build: (at, x) => scatterAdd(at, x, 4),
      expected: f([4, 2], 2, 3, 0, 0, 10, 13, 0, 0),
    },
    {
      title: 'elements of a vector',
      operands: [i([3], 1, 1, 0), f([3], 1, 2, 3)],
      declared: [['n'], ['n']],
      build: (at, x) => scatterAdd(at, x, 2),
      expected: f([2], 3, 3),
    },
    {
      title: 'two trailing axes, a symbolic number of rows',
      operands: [i([2], 1, 0), f([2, 2, 2], ...iota(8)), f([3], 0, 0, 0)],
      declared: [['n'], ['n', 2, 'width'], ['rows']],
      build: (at, x) => scatterAdd(at, x, 'rows'),
      expected: f([3, 2, 2], 4, 5, 6, 7, 0, 1, 2, 3, 0, 0, 0, 0),
    },
    {
      title: 'one index',
      operands: [i([], 1), f([2], 5, 6)],
      build: (at, x) => scatterAdd(at, x, 2),
      expected: f([2, 2], 0, 0, 5, 6),
    },
  ],
  dropoutMask: [
    mask([64, 48], ['batch', 48], 0.1, 3),
    mask([3, 2, 5, 7], ['batch', 2, 'length', 'length2'], 0.5, 0),
    mask([9], ['n'], 0, 1000),
    mask([1, 300], [1, 300], 0.999, 12),
  ],
};

/** The case as a program with the inputs x0, x1, … and the output y. */
export function programOf({ operands, declared, build }: OperationCase): Program {
  const inputs = operands.map(({ dtype, shape }, at) => [`x${at}`, { dtype, shape: declared?.[at] ?? shape }] as const);
  return defineProgram(Object.fromEntries(inputs), (values) => ({ y: build(...Object.values(values)) }));
}

test('each operation has a case', () => {
  expect(Object.values(operationCases).map((cases) => cases.length)).not.toContain(0);
});
