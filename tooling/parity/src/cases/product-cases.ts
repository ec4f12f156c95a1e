import { linear, matMul } from '@sentence-mtl/program';
import { normal } from '../draws.ts';
import { operationCase, type OperationCase } from '../operation-case.ts';
import type { CaseTable } from './case-table.ts';

const sides = [false, true].flatMap((transposeA) => [false, true].map((transposeB) => ({ transposeA, transposeB })));

const marks = ({ transposeA, transposeB }: { transposeA: boolean; transposeB: boolean }): string =>
  `A${transposeA ? 'ᵀ' : ''} × B${transposeB ? 'ᵀ' : ''}`;

const swapIf = <T>(swap: boolean, [first, second]: readonly [T, T]): readonly [T, T] =>
  swap ? [second, first] : [first, second];

/** The four ways to read two operands. */
const allSides = (
  name: string,
  batchA: readonly (number | string)[],
  batchB: readonly (number | string)[],
): OperationCase[] =>
  sides.map((options) =>
    operationCase(
      `${name}, ${marks(options)}`,
      {
        a: normal(...batchA, ...swapIf<number | string>(options.transposeA, ['sequence', 3])),
        b: normal(...batchB, ...swapIf<number | string>(options.transposeB, [3, 2])),
        batch: normal('batch'),
      },
      ({ a, b }) => matMul(a, b, options),
    ),
  );

export const productCases: Pick<CaseTable, 'matMul' | 'linear'> = {
  matMul: [
    ...allSides('two matrices', [], []),
    ...allSides('a batch of pairs', ['batch'], ['batch']),
    ...allSides('a batch and one matrix', ['batch'], []),
    ...allSides('one matrix and a batch', [], ['batch']),
    ...allSides('both stretched', ['batch', 1], [1, 2]),
    ...allSides('one of a batch of one', ['batch'], [1]),
    ...allSides('attention heads', ['batch', 2], ['batch', 2]),
    operationCase(
      'scaled scores',
      { q: normal('batch', 2, 'sequence', 3), k: normal('batch', 2, 'sequence', 3) },
      ({ q, k }) => matMul(q, k, { transposeB: true, scale: 1 / Math.sqrt(3) }),
    ),
    operationCase(
      'a scaled product with one matrix',
      { a: normal('batch', 'sequence', 3), b: normal(2, 3) },
      ({ a, b }) => matMul(a, b, { transposeB: true, scale: -2 }),
    ),
    operationCase('a matrix with itself', { a: normal('batch', 3) }, ({ a }) => matMul(a, a, { transposeB: true })),
    operationCase('an outer product', { a: normal('batch', 1), b: normal(1, 'sequence') }, ({ a, b }) => matMul(a, b)),
    operationCase('an inner product', { a: normal(1, 'sequence'), b: normal('sequence', 1) }, ({ a, b }) =>
      matMul(a, b),
    ),
  ],
  linear: [
    operationCase('rows', { x: normal('batch', 4), w: normal(3, 4), b: normal(3) }, ({ x, w, b }) => linear(x, w, b)),
    operationCase('tokens', { x: normal('batch', 'sequence', 4), w: normal(3, 4), b: normal(3) }, ({ x, w, b }) =>
      linear(x, w, b),
    ),
    operationCase('four axes', { x: normal('batch', 2, 'sequence', 3), w: normal(2, 3), b: normal(2) }, ({ x, w, b }) =>
      linear(x, w, b),
    ),
    operationCase('one output', { x: normal('batch', 4), w: normal(1, 4), b: normal(1) }, ({ x, w, b }) =>
      linear(x, w, b),
    ),
    operationCase('one row', { x: normal(1, 4), w: normal(3, 4), b: normal(3) }, ({ x, w, b }) => linear(x, w, b)),
  ],
};
