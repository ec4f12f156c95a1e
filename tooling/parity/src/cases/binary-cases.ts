import {
  add,
  div,
  equal,
  less,
  lessEqual,
  logicalAnd,
  logicalOr,
  maximum,
  minimum,
  mul,
  sub,
  where,
  type Value,
} from '@sentence-mtl/program';
import { between, bits, floats, integers, normal } from '../draws.ts';
import { operationCase, type CaseInput, type OperationCase } from '../operation-case.ts';
import type { CaseTable } from './case-table.ts';

type Draw = (...shape: (number | string)[]) => CaseInput;

/** Broadcasting in each direction, and in both at once. */
const broadcasts = (first: Draw, second: Draw, f: (a: Value, b: Value) => Value): OperationCase[] =>
  (
    [
      ['equal shapes', ['batch', 'sequence'], ['batch', 'sequence']],
      ['a row on the right', ['batch', 3], [3]],
      ['a row on the left', [3], ['batch', 3]],
      ['a column on the right', ['batch', 'sequence'], ['batch', 1]],
      ['a column on the left', ['batch', 1], ['batch', 'sequence']],
      ['both stretched', ['batch', 1], [1, 'sequence']],
      ['both stretched, of different rank', [2, 1, 3], [4, 1]],
      ['a scalar on the right', ['batch', 3], []],
      ['a scalar on the left', [], ['batch', 3]],
      ['two scalars', [], []],
    ] as const
  ).map(([name, left, right]) =>
    operationCase(name, { a: first(...left), b: second(...right) }, ({ a, b }) => f(a, b)),
  );

const ties = { a: floats(1, 2, 3, -4)(4), b: floats(1, 3, 2, -4)(4) };
const someIntegers = { a: integers(1, -2, 3)('batch', 3), b: integers(3, -2)(2, 1, 1) };

/** Of equal operands each takes half of the gradient. */
const tied = (f: (a: Value, b: Value) => Value, a: readonly number[]): OperationCase =>
  operationCase('equal operands share the gradient', ties, (x) => f(x.a, x.b), {
    known: { because: 'both sides win a tie by half', gradients: { a, b: a.map((share) => 1 - share) } },
  });

const comparison = (f: (a: Value, b: Value) => Value): OperationCase[] => [
  ...broadcasts(floats(0, 1, 2), floats(1, 2, 0, 1), f),
  operationCase('integers', someIntegers, ({ a, b }) => f(a, b)),
];

export const binaryCases: Pick<
  CaseTable,
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
  add: [
    ...broadcasts(normal, normal, add),
    operationCase('a value with itself', { x: normal(3) }, ({ x }) => add(x, x)),
    operationCase('integers', someIntegers, ({ a, b }) => add(a, b)),
    operationCase('integers wrap around', { x: integers(0x7fffffff, 1)(2) }, ({ x }) => add(x, 1)),
  ],
  sub: [
    ...broadcasts(normal, normal, sub),
    operationCase('a value from itself', { x: normal(3) }, ({ x }) => sub(x, x)),
    operationCase('integers', someIntegers, ({ a, b }) => sub(a, b)),
  ],
  mul: [
    ...broadcasts(normal, normal, mul),
    operationCase('a value with itself', { x: normal(3) }, ({ x }) => mul(x, x)),
    operationCase('integers', someIntegers, ({ a, b }) => mul(a, b)),
    operationCase('integers wrap around', { x: integers(65537, -70000)(2) }, ({ x }) => mul(x, x)),
  ],
  div: [
    ...broadcasts(normal, between(0.5, 2), div),
    operationCase('a value by itself', { x: between(1, 2)(3) }, ({ x }) => div(x, x)),
  ],
  maximum: [...broadcasts(normal, normal, maximum), tied(maximum, [0.5, 0, 1, 0.5])],
  minimum: [...broadcasts(normal, normal, minimum), tied(minimum, [0.5, 1, 0, 0.5])],
  equal: comparison(equal),
  less: comparison(less),
  lessEqual: comparison(lessEqual),
  logicalAnd: broadcasts(bits, bits, logicalAnd),
  logicalOr: broadcasts(bits, bits, logicalOr),
  where: [
    ...broadcasts(bits, normal, (condition, x) => where(condition, x, 0.25)),
    ...broadcasts(normal, normal, (a, b) => where(less(a, b), a, b)).map((testCase) => ({
      ...testCase,
      name: `${testCase.name}, chosen by comparison`,
    })),
    operationCase('all three stretched', { c: bits(2, 1, 1), a: normal(3, 1), b: normal(4) }, ({ c, a, b }) =>
      where(c, a, b),
    ),
    operationCase('integers', { c: bits('batch', 'sequence'), a: integers(1, 2)('batch', 1) }, ({ c, a }) =>
      where(c, a, -100),
    ),
    operationCase('bools', { c: bits('batch', 3), a: bits(3), b: bits('batch', 3) }, ({ c, a, b }) => where(c, a, b)),
    operationCase(
      'what is not chosen never shows, NaN neither',
      { x: floats(-1, 0, 2)(3), y: floats(NaN, Infinity, 3)(3) },
      ({ x, y }) => where(less(1, x), y, x),
      { known: { because: 'a difference of NaN is NaN', gradients: { x: [1, 1, 0], y: [0, 0, 1] } } },
    ),
  ],
};
