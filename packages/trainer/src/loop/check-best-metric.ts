import { ArgumentError } from '@sentence-mtl/core';
import { aggregateTasks, evaluateTask } from '@sentence-mtl/evaluation';
import { encodeLabels, evaluatedOutputs, type Tasks } from '@sentence-mtl/heads';
import { TrainingSettingsError } from '../errors.ts';
import { taskOutputsOf } from '../evaluate/task-outputs-of.ts';

/**
 * Asks for the metric that the best model is chosen by before anything is trained, of evaluations without rows: which metrics
 * there are follows from the tasks alone.
 *
 * @throws TrainingSettingsError where there is none of that name, with the nearest
 */
export function checkBestMetric(tasks: Tasks, bestMetric: string): void {
  const evaluations = Object.entries(tasks).map(([name, task]) => {
    const outputs = taskOutputsOf(evaluatedOutputs(task, [], encodeLabels(name, task, [])));
    return [name, evaluateTask(outputs)] as const;
  });
  try {
    aggregateTasks(Object.fromEntries(evaluations), bestMetric);
  } catch (error) {
    if (error instanceof ArgumentError)
      throw new TrainingSettingsError(`bestMetric: ${error.message}`, { cause: error });
    throw error;
  }
}
