import { argMax, cast, dropout, dropoutMask, gather, scatterAdd } from '@sentence-mtl/program';
import { bits, integers, integersBelow, normal } from '../draws.ts';
import { operationCase } from '../operation-case.ts';
import type { CaseTable } from './case-table.ts';

const key = integers(0x12345678, -0x7654321)(2);

export const rowCases: Pick<CaseTable, 'gather' | 'scatterAdd' | 'dropoutMask'> = {
  gather: [
    operationCase(
      'tokens from a table',
      { table: normal(5, 3), i: integersBelow(5)('batch', 'sequence') },
      ({ table, i }) => gather(table, i),
    ),
    operationCase('a row again and again', { table: normal(5, 3), i: integers(2, 2, 0, 2)('batch') }, ({ table, i }) =>
      gather(table, i),
    ),
    operationCase('rows of the batch', { table: normal('batch', 3), i: integers(0)('sequence') }, ({ table, i }) =>
      gather(table, i),
    ),
    operationCase('scalars', { table: normal(4), i: integers(3, 0, 3)(2, 2) }, ({ table, i }) => gather(table, i)),
    operationCase('matrices', { table: normal(3, 2, 2), i: integers(2, 2)(2) }, ({ table, i }) => gather(table, i)),
    operationCase('one row by a scalar', { table: normal(3, 2), i: integers(1)() }, ({ table, i }) => gather(table, i)),
    operationCase('by an index the program computes', { table: normal(4, 2), x: normal('batch', 4) }, ({ table, x }) =>
      gather(table, argMax(x, 1)),
    ),
    operationCase('integers', { table: integers(10, 20, 30)(3), i: integers(2, 0)('batch') }, ({ table, i }) =>
      gather(table, i),
    ),
    operationCase('bools', { table: bits(3, 2), i: integers(2, 0)('batch') }, ({ table, i }) => gather(table, i)),
  ],
  scatterAdd: [
    operationCase('an index again and again', { i: integers(2, 2, 0)('batch'), u: normal('batch', 3) }, ({ i, u }) =>
      scatterAdd(i, u, 4),
    ),
    operationCase(
      'indices of tokens',
      { i: integersBelow(3)('batch', 'sequence'), u: normal('batch', 'sequence', 2) },
      ({ i, u }) => scatterAdd(i, u, 3),
    ),
    operationCase('scalars', { i: integers(1, 1, 0)('batch'), u: normal('batch') }, ({ i, u }) => scatterAdd(i, u, 2)),
    operationCase('matrices', { i: integers(1, 1)(2), u: normal(2, 2, 2) }, ({ i, u }) => scatterAdd(i, u, 3)),
    operationCase(
      'a symbolic number of rows',
      { i: integers(0)('batch'), u: normal('batch', 2), x: normal('sequence') },
      ({ i, u }) => scatterAdd(i, u, 'sequence'),
    ),
    operationCase('one row by a scalar', { i: integers(1)(), u: normal(2) }, ({ i, u }) => scatterAdd(i, u, 3)),
  ],
  dropoutMask: [
    operationCase('tokens', { key, x: normal('batch', 'sequence') }, ({ key }) =>
      dropoutMask(key, ['batch', 'sequence', 7], 0.3, 5),
    ),
    operationCase('a vector', { key }, ({ key }) => dropoutMask(key, [40], 0.5, 0)),
    operationCase('rate 0 keeps all', { key }, ({ key }) => dropoutMask(key, [4, 9], 0, 3)),
    operationCase('as numbers', { key }, ({ key }) => cast(dropoutMask(key, [4, 9], 0.9, 3), 'float32')),
    operationCase('dropout of activations', { key, x: normal('batch', 'sequence') }, ({ key, x }) =>
      dropout(x, 0.25, key, 1),
    ),
  ],
};
