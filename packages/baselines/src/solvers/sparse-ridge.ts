import { ArgumentError } from '@sentence-mtl/core';
import { linearScores, type LinearOutput } from '../linear-model.ts';
import type { SparseMatrix } from '../sparse-matrix.ts';
import { minimize, type MinimizeOptions } from './minimize.ts';
import type { Objective } from './objective.ts';

/** Half the mean squared error plus `penalty / 2 · ‖w‖²`; the bias, free, is the last of the weights. */
function ridgeObjective(features: SparseMatrix, targets: ArrayLike<number>, penalty: number): Objective {
  const { rowCount, columnCount, rowStarts, columns, values } = features;
  return (point, gradient) => {
    const weights = point.subarray(0, columnCount);
    const scores = linearScores(features, { weights, bias: point[columnCount] ?? 0 });
    let [sum, bias] = [0, 0];
    for (let i = 0; i < columnCount; i++) {
      const weight = weights[i] ?? 0;
      sum += penalty * weight * weight;
      gradient[i] = penalty * weight;
    }
    for (let row = 0; row < rowCount; row++) {
      const error = ((scores[row] ?? NaN) - (targets[row] ?? NaN)) / rowCount;
      const end = rowStarts[row + 1] ?? 0;
      for (let i = rowStarts[row] ?? 0; i < end; i++) {
        const column = columns[i] ?? 0;
        gradient[column] = (gradient[column] ?? 0) + error * (values[i] ?? 0);
      }
      sum += error * error * rowCount;
      bias += error;
    }
    gradient[columnCount] = bias;
    return sum / 2;
  };
}

/**
 * Least squares with a penalty, `min Σ (y − w·x − b)² + penalty · ‖w‖²`: scikit-learn's `Ridge`.
 * @throws ArgumentError when there are no rows or the penalty is not positive
 */
export function trainSparseRidge(
  features: SparseMatrix,
  targets: ArrayLike<number>,
  penalty: number,
  options: MinimizeOptions = {},
): LinearOutput {
  const { rowCount, columnCount } = features;
  if (rowCount === 0) throw new ArgumentError('there is no row to learn from');
  if (!(penalty > 0 && penalty < Infinity)) throw new ArgumentError(`a penalty of ${penalty}: it must be positive`);
  const objective = ridgeObjective(features, targets, penalty / rowCount);
  const { point } = minimize(objective, new Float64Array(columnCount + 1), options);
  return { weights: point.subarray(0, columnCount), bias: point[columnCount] ?? 0 };
}
