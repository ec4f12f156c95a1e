import type { SparseMatrix } from './sparse-matrix.ts';

/** One output: the scalar product of a row with the weights, plus the bias. */
export interface LinearOutput {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** The output (N) for each row. */
export function linearScores(features: SparseMatrix, { weights, bias }: LinearOutput): Float64Array {
  const { rowCount, rowStarts, columns, values } = features;
  const scores = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    let sum = bias;
    const end = rowStarts[row + 1] ?? 0;
    for (let i = rowStarts[row] ?? 0; i < end; i++) sum += (values[i] ?? 0) * (weights[columns[i] ?? 0] ?? 0);
    scores[row] = sum;
  }
  return scores;
}
