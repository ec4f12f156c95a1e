import { broadcastTo, concat, mul, pad, reshape, slice, sum, transpose } from '@sentence-mtl/program';
import { bits, integers, normal } from '../draws.ts';
import { operationCase } from '../operation-case.ts';
import type { CaseTable } from './case-table.ts';

const tokens = { x: normal('batch', 'sequence', 6) };

export const shapeCases: Pick<CaseTable, 'reshape' | 'transpose' | 'broadcastTo' | 'concat' | 'slice' | 'pad'> = {
  reshape: [
    operationCase('two symbolic axes become one', tokens, ({ x }) => reshape(x, ['batch*sequence', 6])),
    operationCase(
      'one axis becomes two symbolic ones',
      { x: normal('batch*sequence', 4), y: normal('batch', 'sequence') },
      ({ x }) => reshape(x, ['batch', 'sequence', 4]),
    ),
    operationCase('heads split off the features', tokens, ({ x }) => reshape(x, ['batch', 'sequence', 2, 3])),
    operationCase('a size is inferred', tokens, ({ x }) => reshape(x, ['batch', -1])),
    operationCase('one element becomes a scalar', { x: normal(1, 1) }, ({ x }) => reshape(x, [])),
    operationCase('a scalar becomes a matrix', { x: normal() }, ({ x }) => reshape(x, [1, 1])),
    operationCase('integers', { x: integers(1, 2, 3)('batch', 4) }, ({ x }) => reshape(x, ['batch', 2, 2])),
    operationCase('bools', { x: bits('batch', 'sequence') }, ({ x }) => reshape(x, ['batch', 1, 1, 'sequence'])),
  ],
  transpose: [
    operationCase('a matrix', { x: normal('batch', 'sequence') }, ({ x }) => transpose(x)),
    operationCase('heads before tokens', { x: normal('batch', 'sequence', 2, 3) }, ({ x }) =>
      transpose(x, [0, 2, 1, 3]),
    ),
    operationCase('three axes in a circle', { x: normal(2, 3, 4) }, ({ x }) => transpose(x, [1, 2, 0])),
    operationCase('integers', { x: integers(1, 2, 3, 4, 5, 6)(2, 3) }, ({ x }) => transpose(x)),
    operationCase('bools', { x: bits(2, 3) }, ({ x }) => transpose(x)),
  ],
  broadcastTo: [
    operationCase('a scalar', { x: normal(), y: normal('batch', 'sequence') }, ({ x }) =>
      broadcastTo(x, ['batch', 'sequence']),
    ),
    operationCase('a row', { x: normal(3), y: normal('batch') }, ({ x }) => broadcastTo(x, ['batch', 3])),
    operationCase('a column', { x: normal('batch', 1), y: normal('sequence') }, ({ x }) =>
      broadcastTo(x, ['batch', 'sequence']),
    ),
    operationCase('the middle of three axes', { x: normal(2, 1, 3) }, ({ x }) => broadcastTo(x, [2, 4, 3])),
    operationCase('integers', { x: integers(1, -2)(2, 1) }, ({ x }) => broadcastTo(x, [2, 3])),
    operationCase('bools', { x: bits('batch', 1, 'sequence') }, ({ x }) => broadcastTo(x, ['batch', 2, 'sequence'])),
  ],
  concat: [
    operationCase('along the last axis', { a: normal('batch', 2), b: normal('batch', 3) }, ({ a, b }) =>
      concat([a, b], -1),
    ),
    operationCase('along a symbolic axis', { a: normal('batch', 2), b: normal('sequence', 2) }, ({ a, b }) =>
      concat([a, b], 0),
    ),
    operationCase('three operands', { a: normal(1, 2), b: normal(1, 1), c: normal(1, 3) }, ({ a, b, c }) =>
      concat([a, b, c], 1),
    ),
    operationCase('the same operand twice', { a: normal('batch', 2) }, ({ a }) => concat([a, a], 1)),
    operationCase('one operand', { a: normal('batch', 2) }, ({ a }) => concat([a], 1)),
    operationCase('integers', { a: integers(1)(2), b: integers(2, 3)(3) }, ({ a, b }) => concat([a, b], 0)),
    operationCase('bools', { a: bits('batch'), b: bits(3) }, ({ a, b }) => concat([a, b], 0)),
  ],
  slice: [
    operationCase('the first token', tokens, ({ x }) => slice(x, 1, 0, 1)),
    operationCase('to a symbolic end', tokens, ({ x }) => slice(x, 1, 0, 'sequence')),
    operationCase('the middle of the features', tokens, ({ x }) => slice(x, 2, 2, 5)),
    operationCase('from a symbolic start', { a: normal('batch', 2), b: normal('sequence', 2) }, ({ a, b }) =>
      slice(concat([a, b], 0), 0, 'batch', 'batch+sequence'),
    ),
    operationCase('overlapping uses of one value', { x: normal('batch', 4) }, ({ x }) =>
      mul(slice(x, 1, 0, 3), slice(x, 1, 1, 4)),
    ),
    operationCase('nothing, of which the sum is 0', { x: normal('batch', 4) }, ({ x }) => sum(slice(x, 1, 2, 2), 1)),
    operationCase('integers', { x: integers(1, 2, 3)(3) }, ({ x }) => slice(x, 0, 1, 3)),
    operationCase('bools', { x: bits('batch', 3) }, ({ x }) => slice(x, 1, 1, 2)),
  ],
  pad: [
    operationCase('before and after', { x: normal('batch', 3) }, ({ x }) => pad(x, 1, 1, 2)),
    operationCase('along a symbolic axis', { x: normal('batch', 3) }, ({ x }) => pad(x, 0, 0, 1)),
    operationCase('by a symbolic size', { x: normal('batch', 3), y: normal('sequence') }, ({ x }) =>
      pad(x, 0, 'sequence', 1),
    ),
    operationCase('the middle of three axes', { x: normal(2, 1, 3) }, ({ x }) => pad(x, 1, 2, 0)),
    operationCase('integers', { x: integers(1, 2, 3)(3) }, ({ x }) => pad(x, 0, 1, 1)),
    operationCase('bools', { x: bits('batch') }, ({ x }) => pad(x, 0, 1, 1)),
  ],
};
