import { ArgumentError } from '@sentence-mtl/core';
import type { TaskOutputs } from '@sentence-mtl/evaluation';
import type { SparseMatrix } from './sparse-matrix.ts';

/**
 * What shared words say of how alike two texts are: the cosine of their TF-IDF rows, learned from no pair. `labels` are
 * the true similarities (N).
 * @throws ArgumentError unless both have the same rows and columns
 */
export function similarityBaseline(first: SparseMatrix, second: SparseMatrix, labels: ArrayLike<number>): TaskOutputs {
  const { rowCount, columnCount } = first;
  if (second.rowCount !== rowCount || second.columnCount !== columnCount) {
    const sizes = [first, second].map((matrix) => `${matrix.rowCount} × ${matrix.columnCount}`);
    throw new ArgumentError(`pairs of texts need as many rows and columns on both sides, not ${sizes.join(' and ')}`);
  }
  const scratch = new Float64Array(columnCount);
  const predictions = Float64Array.from({ length: rowCount }, (_, row) => {
    forEachEntry(first, row, (column, value) => (scratch[column] = value));
    let product = 0;
    forEachEntry(second, row, (column, value) => (product += value * (scratch[column] ?? 0)));
    forEachEntry(first, row, (column) => (scratch[column] = 0));
    return product;
  });
  return { kind: 'pair-similarity', predictions, labels };
}

function forEachEntry(
  { rowStarts, columns, values }: SparseMatrix,
  row: number,
  use: (column: number, value: number) => void,
): void {
  const end = rowStarts[row + 1] ?? 0;
  for (let i = rowStarts[row] ?? 0; i < end; i++) use(columns[i] ?? 0, values[i] ?? 0);
}
