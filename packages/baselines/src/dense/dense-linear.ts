import { ArgumentError } from '@sentence-mtl/core';
import { minimize, type MinimizeOptions } from '../solvers/minimize.ts';
import { BLOCK_ROWS, BlockProducts } from './block-products.ts';
import { denseRowCount, type DenseMatrix } from './dense-matrix.ts';
import { denseObjective } from './dense-objective.ts';
import type { RowLoss } from './linear-losses.ts';

/** A linear model of D features with L outputs. */
export interface DenseLinear {
  readonly outputCount: number;
  /** (D + 1, L); the last row is the bias. */
  readonly weights: Float64Array;
  /** Whether the solver met its tolerance. */
  readonly converged: boolean;
  readonly iterations: number;
}

/**
 * The weights for which the sum of losses plus `penalty / 2 · ‖weights‖²` is lowest, biases free.
 * @throws ArgumentError when there are no rows, values are not finite, or the penalty is negative
 */
export function trainDenseLinear(
  features: DenseMatrix,
  outputCount: number,
  loss: RowLoss,
  penalty: number,
  options: MinimizeOptions = {},
): DenseLinear {
  const rowCount = denseRowCount(features);
  if (rowCount === 0) throw new ArgumentError('there is no row to learn from');
  if (!(penalty >= 0 && penalty < Infinity)) throw new ArgumentError(`a penalty of ${penalty}: it must be from 0`);
  const start = new Float64Array((features.columnCount + 1) * outputCount);
  const objective = denseObjective(features, outputCount, loss, penalty / rowCount);
  const { point, converged, iterations } = minimize(objective, start, options);
  return { outputCount, weights: point, converged, iterations };
}

/** The outputs (N, L) of rows. @throws ArgumentError unless values are finite and of as many columns as the model's */
export function denseScores(features: DenseMatrix, { outputCount, weights }: DenseLinear): Float32Array {
  const { values, columnCount } = features;
  const rowCount = denseRowCount(features);
  if ((columnCount + 1) * outputCount !== weights.length) {
    throw new ArgumentError(`rows of ${columnCount} features, and the model has ${weights.length / outputCount - 1}`);
  }
  const products = new BlockProducts(columnCount, outputCount);
  products.setWeights(weights);
  const scores = new Float32Array(rowCount * outputCount);
  for (let first = 0; first < rowCount; first += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rowCount - first);
    products.score(values.subarray(first * columnCount, (first + count) * columnCount));
    for (let row = 0; row < count; row++) {
      const start = row * products.stride;
      scores.set(products.scores.subarray(start, start + outputCount), (first + row) * outputCount);
    }
  }
  return scores;
}
