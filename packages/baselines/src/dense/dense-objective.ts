import type { Objective } from '../solvers/objective.ts';
import { BLOCK_ROWS, BlockProducts } from './block-products.ts';
import { denseRowCount, type DenseMatrix } from './dense-matrix.ts';
import type { RowLoss } from './linear-losses.ts';

/**
 * The mean loss of a linear model's rows plus `penalty / 2 · ‖weights‖²`, biases free, as a function of its weights
 * (D + 1, L), and its gradient. Products are in float32, sums over blocks of rows in float64.
 */
export function denseObjective(features: DenseMatrix, outputCount: number, loss: RowLoss, penalty: number): Objective {
  const { values, columnCount } = features;
  const rowCount = denseRowCount(features);
  const products = new BlockProducts(columnCount, outputCount);
  return (weights, gradient) => {
    products.setWeights(weights);
    gradient.fill(0);
    let sum = 0;
    for (let first = 0; first < rowCount; first += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, rowCount - first);
      products.score(values.subarray(first * columnCount, (first + count) * columnCount));
      for (let row = 0; row < count; row++) sum += loss(products.scores, row * products.stride, first + row);
      products.addGradient(count, gradient);
    }
    let squares = 0;
    for (let at = 0; at < gradient.length; at++) {
      const weight = at < columnCount * outputCount ? (weights[at] ?? 0) : 0;
      gradient[at] = (gradient[at] ?? 0) / rowCount + penalty * weight;
      squares += weight * weight;
    }
    return sum / rowCount + (penalty / 2) * squares;
  };
}
