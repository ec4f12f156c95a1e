import { argMax, cumsum, logSumExp, max, mean, min, sum, type Axes, type Value } from '@sentence-mtl/program';
import { floats, integers, normal } from '../draws.ts';
import { operationCase, type OperationCase } from '../operation-case.ts';
import type { CaseTable } from './case-table.ts';

type Reduce = (x: Value, axes?: Axes, keepDimensions?: boolean) => Value;

const axes = (f: Reduce): OperationCase[] => [
  operationCase('the last axis', { x: normal('batch', 'sequence') }, ({ x }) => f(x, -1)),
  operationCase('the first axis', { x: normal('batch', 'sequence') }, ({ x }) => f(x, 0)),
  operationCase('an axis kept as 1', { x: normal('batch', 'sequence', 2) }, ({ x }) => f(x, 1, true)),
  operationCase('two axes', { x: normal('batch', 'sequence', 2) }, ({ x }) => f(x, [0, 2])),
  operationCase('two axes kept as 1', { x: normal('batch', 2, 'sequence') }, ({ x }) => f(x, [0, 1], true)),
  operationCase('all axes', { x: normal('batch', 'sequence') }, ({ x }) => f(x)),
  operationCase('no axis', { x: normal('batch', 3) }, ({ x }) => f(x, [])),
  operationCase('an axis of one element', { x: normal('batch', 1) }, ({ x }) => f(x, 1)),
  operationCase('a scalar', { x: normal() }, ({ x }) => f(x)),
];

const tied = (f: Reduce, name: string, row: readonly number[], share: readonly number[]): OperationCase =>
  operationCase(name, { x: floats(...row)(1, row.length) }, ({ x }) => f(x, 1), {
    known: { because: 'the equal ones share the gradient evenly', gradients: { x: share } },
  });

export const reductionCases: Pick<CaseTable, 'sum' | 'mean' | 'max' | 'min' | 'logSumExp' | 'argMax' | 'cumsum'> = {
  sum: [...axes(sum), operationCase('integers', { x: integers(16777217, 1, -3)('batch', 3) }, ({ x }) => sum(x, 1))],
  mean: axes(mean),
  max: [
    ...axes(max),
    tied(max, 'three equal largest', [2, 1, 2, 2], [1 / 3, 0, 1 / 3, 1 / 3]),
    tied(max, 'all equal', [-1, -1], [0.5, 0.5]),
  ],
  min: [...axes(min), tied(min, 'two equal smallest', [2, 1, 2, 1], [0, 0.5, 0, 0.5])],
  logSumExp: [
    ...axes(logSumExp),
    operationCase('far out', { x: floats(1000, 999, -1000, -1000, -1000.5, -1002)(2, 3) }, ({ x }) => logSumExp(x, 1)),
    operationCase('far out, over all', { x: floats(100, -100, 99, 98)(2, 2) }, ({ x }) => logSumExp(x)),
  ],
  argMax: [
    operationCase('the last axis', { x: normal('batch', 'sequence') }, ({ x }) => argMax(x, -1)),
    operationCase('the first axis', { x: normal('batch', 'sequence') }, ({ x }) => argMax(x, 0)),
    operationCase('the middle of three axes', { x: normal('batch', 'sequence', 2) }, ({ x }) => argMax(x, 1)),
    operationCase('of equal ones the first', { x: floats(1, 3, 3, 0, 0, 0)(2, 3) }, ({ x }) => argMax(x, 1)),
    operationCase('far below 0', { x: floats(-1e30, -1e20, -1e25)(1, 3) }, ({ x }) => argMax(x, 1)),
  ],
  cumsum: [
    operationCase('the last axis', { x: normal('batch', 'sequence') }, ({ x }) => cumsum(x, -1)),
    operationCase('the first axis', { x: normal('batch', 'sequence') }, ({ x }) => cumsum(x, 0)),
    operationCase('from the end', { x: normal('batch', 'sequence', 2) }, ({ x }) => cumsum(x, 1, true)),
    operationCase('one element', { x: normal(1) }, ({ x }) => cumsum(x, 0)),
  ],
};
