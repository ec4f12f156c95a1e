import { boolTensor, float32Tensor, int32Tensor } from '@sentence-mtl/core';
import { add, cast, constant, dimensionSize, mul, range, where } from '@sentence-mtl/program';
import { bits, integers, normal } from '../draws.ts';
import { operationCase } from '../operation-case.ts';
import type { CaseTable } from './case-table.ts';

export const leafCases: Pick<CaseTable, 'input' | 'constant' | 'dimensionSize' | 'range'> = {
  input: [
    operationCase('an input is an output', { x: normal('batch', 'sequence') }, ({ x }) => x),
    operationCase('an integer input is an output', { x: integers(-100, 7)('batch') }, ({ x }) => x),
    operationCase('a bool input is an output', { x: bits('batch', 3) }, ({ x }) => x),
    operationCase('an input is used twice', { x: normal('batch', 3) }, ({ x }) => mul(x, x)),
  ],
  constant: [
    operationCase('a vector', { x: normal('batch', 3) }, ({ x }) => mul(x, constant(float32Tensor([1, -2, 0.5], [3])))),
    operationCase('a scalar from a number', { x: normal('batch') }, ({ x }) => add(x, 0.1)),
    operationCase('integers', { x: integers(1, 2, 3)(3) }, ({ x }) => add(x, constant(int32Tensor([10, 20, 30], [3])))),
    operationCase('bools', { x: normal(2) }, ({ x }) => where(constant(boolTensor([1, 0], [2])), x, 0)),
    operationCase('a constant is an output', {}, () => constant(float32Tensor([1, 2, 3, 4], [2, 2]))),
  ],
  dimensionSize: [
    operationCase('a symbol', { x: normal('batch', 'sequence') }, ({ x }) => mul(x, dimensionSize('sequence'))),
    operationCase('a product', { x: normal('batch', 'sequence') }, ({ x }) => mul(x, dimensionSize('batch*sequence'))),
    operationCase('a sum', { x: normal('batch', 'sequence') }, ({ x }) => mul(x, dimensionSize('2*batch*sequence+1'))),
    operationCase('a number', { x: normal(2) }, ({ x }) => mul(x, dimensionSize(7))),
  ],
  range: [
    operationCase('a fixed end', { x: normal(5) }, ({ x }) => mul(x, cast(range(5), 'float32'))),
    operationCase('a symbolic end', { x: normal('batch', 'sequence') }, ({ x }) =>
      mul(x, cast(range('sequence'), 'float32')),
    ),
    operationCase('the end is a sum', { x: normal('batch', 'sequence') }, ({ x }) =>
      add(x, cast(range('sequence'), 'float32')),
    ),
    operationCase('integers are an output', { x: normal('batch') }, () => range('batch')),
  ],
};
