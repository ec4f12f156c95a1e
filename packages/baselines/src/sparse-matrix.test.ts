import { expect, it } from 'vitest';
import { besideEachOther, selectRows, type SparseMatrix } from './sparse-matrix.ts';

/** Of rows of numbers, those that are not 0. */
function sparse(rows: readonly (readonly number[])[]): SparseMatrix {
  const entries = rows.map((row) => row.flatMap((value, column) => (value === 0 ? [] : [{ column, value }])));
  let end = 0;
  return {
    rowCount: rows.length,
    columnCount: rows[0]?.length ?? 0,
    rowStarts: Uint32Array.from([0, ...entries.map((own) => (end += own.length))]),
    columns: Uint32Array.from(entries.flat(), ({ column }) => column),
    values: Float64Array.from(entries.flat(), ({ value }) => value),
  };
}

const matrix = sparse([
  [0, 1, 2],
  [0, 0, 0],
  [3, 0, 4],
]);

it('rows are taken in the order asked, some twice', () => {
  expect(selectRows(matrix, [2, 1, 2])).toEqual(
    sparse([
      [3, 0, 4],
      [0, 0, 0],
      [3, 0, 4],
    ]),
  );
  expect(selectRows(matrix, []).values.length).toBe(0);
});

it('two matrices beside each other have the columns of both', () => {
  const other = sparse([[5], [6], [0]]);
  expect(besideEachOther(matrix, other)).toEqual(
    sparse([
      [0, 1, 2, 5],
      [0, 0, 0, 6],
      [3, 0, 4, 0],
    ]),
  );
});
