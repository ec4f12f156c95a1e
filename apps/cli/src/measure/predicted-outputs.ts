// What a model predicts for rows, as metrics take it.
import { unreachable } from '@sentence-mtl/core';
import type { TaskOutputs } from '@sentence-mtl/evaluation';
import type { Prediction } from './predict-rows.ts';
import type { TaskRows } from './task-rows.ts';

const scoresIn = (prediction: Prediction, labels: readonly string[]): readonly number[] => {
  if (!('scores' in prediction)) return labels.map(() => NaN);
  const scores: Readonly<Record<string, number>> = prediction.scores;
  return labels.map((label) => scores[label] ?? NaN);
};

const numbersIn = (prediction: Prediction): readonly number[] => {
  if ('score' in prediction) return [prediction.score];
  if ('value' in prediction) return [prediction.value];
  return 'values' in prediction ? prediction.values : [];
};

/**
 * Predictions and labels of a task's rows, as `evaluateTask` takes them; undefined for tasks of embeddings, whose
 * metrics are of rankings.
 */
export function predictedOutputs(
  { task, labels }: TaskRows,
  predictions: readonly Prediction[],
): TaskOutputs | undefined {
  switch (task.kind) {
    case 'classification':
    case 'pair-classification': {
      const probabilities = Float64Array.from(predictions.flatMap((each) => scoresIn(each, task.labels)));
      const chosen = predictions.map((each) => ('label' in each ? task.labels.indexOf(each.label) : -1));
      return { kind: task.kind, labelCount: task.labels.length, predictions: chosen, probabilities, labels };
    }
    case 'multi-label': {
      const probabilities = Float64Array.from(predictions.flatMap((each) => scoresIn(each, task.labels)));
      const chosen = predictions.flatMap((each) => {
        const own: readonly string[] = 'labels' in each ? each.labels : [];
        return task.labels.map((label) => (own.includes(label) ? 1 : 0));
      });
      return { kind: task.kind, labelCount: task.labels.length, predictions: chosen, probabilities, labels };
    }
    case 'regression':
    case 'pair-similarity': {
      const width = task.kind === 'regression' ? task.size : 1;
      return { kind: task.kind, width, predictions: predictions.flatMap(numbersIn), labels };
    }
    case 'embedding':
      return undefined;
    default:
      return unreachable(task);
  }
}
