import { ArgumentError } from '@sentence-mtl/core';

/** Rows of numbers, such as embeddings (N, D), row after row. */
export interface DenseMatrix {
  readonly values: Float32Array;
  readonly columnCount: number;
}

/** How many rows there are. @throws ArgumentError unless they are whole and all their values finite */
export function denseRowCount({ values, columnCount }: DenseMatrix): number {
  const rows = values.length / columnCount;
  if (!Number.isInteger(rows)) throw new ArgumentError(`${values.length} values are no whole rows of ${columnCount}`);
  const place = values.findIndex((value) => !Number.isFinite(value));
  if (place === -1) return rows;
  throw new ArgumentError(`row ${Math.floor(place / columnCount)} holds ${values[place]}; features must be finite`);
}

/** Some rows, in the order given. */
export function selectDenseRows({ values, columnCount }: DenseMatrix, rows: ArrayLike<number>): DenseMatrix {
  const selected = new Float32Array(rows.length * columnCount);
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] ?? 0) * columnCount;
    selected.set(values.subarray(start, start + columnCount), i * columnCount);
  }
  return { values: selected, columnCount };
}
