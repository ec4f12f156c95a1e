/** Rows of mostly zeros: of row i, the columns and values at places rowStarts[i] to rowStarts[i + 1] − 1. */
export interface SparseMatrix {
  readonly rowCount: number;
  readonly columnCount: number;
  /** (rowCount + 1). */
  readonly rowStarts: Uint32Array;
  /** Of each value its column; a row has a column once. */
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

/** Some rows, in the order given. */
export function selectRows(matrix: SparseMatrix, rows: ArrayLike<number>): SparseMatrix {
  const rowStarts = new Uint32Array(rows.length + 1);
  const startOf = (row: number): number => matrix.rowStarts[row] ?? 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    rowStarts[i + 1] = (rowStarts[i] ?? 0) + startOf(row + 1) - startOf(row);
  }
  const size = rowStarts[rows.length] ?? 0;
  const [columns, values] = [new Uint32Array(size), new Float64Array(size)];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    columns.set(matrix.columns.subarray(startOf(row), startOf(row + 1)), rowStarts[i]);
    values.set(matrix.values.subarray(startOf(row), startOf(row + 1)), rowStarts[i]);
  }
  return { rowCount: rows.length, columnCount: matrix.columnCount, rowStarts, columns, values };
}

/** Two matrices of as many rows side by side: the columns of the second come after those of the first. */
export function besideEachOther(left: SparseMatrix, right: SparseMatrix): SparseMatrix {
  const size = left.values.length + right.values.length;
  const [columns, values] = [new Uint32Array(size), new Float64Array(size)];
  const rowStarts = new Uint32Array(left.rowCount + 1);
  let at = 0;
  for (let row = 0; row < left.rowCount; row++) {
    for (const [{ rowStarts: starts, ...matrix }, shift] of [
      [left, 0],
      [right, left.columnCount],
    ] as const) {
      for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) {
        columns[at] = (matrix.columns[i] ?? 0) + shift;
        values[at++] = matrix.values[i] ?? 0;
      }
    }
    rowStarts[row + 1] = at;
  }
  return { rowCount: left.rowCount, columnCount: left.columnCount + right.columnCount, rowStarts, columns, values };
}
