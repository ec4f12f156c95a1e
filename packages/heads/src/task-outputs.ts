// What the outputs of a run say: predictions for people, arrays for metrics.
import { ArgumentError, describeValue, type HostTensor } from '@sentence-mtl/core';
import type { EvaluatedOutputs } from './evaluated-outputs.ts';
import type { OutputTensors, PredictionOptions } from './task-kind.ts';
import { kindOf, type PredictionOf, type Task } from './task-kinds.ts';

/** @throws ArgumentError unless it is a whole number from 1 on, or left out */
export function checkTopK(topK: number | undefined): void {
  if (topK === undefined || (Number.isSafeInteger(topK) && topK >= 1)) return;
  throw new ArgumentError(`topK is ${describeValue(topK)}; a whole number from 1 on is needed`);
}

/**
 * A prediction for each row of a task's outputs; none for tasks of kind `embedding`.
 *
 * @throws ArgumentError where `topK` is no whole number from 1 on
 */
export function predictionsOf<T extends Task>(
  task: T,
  outputs: OutputTensors,
  options: PredictionOptions = {},
): readonly PredictionOf<T>[] {
  checkTopK(options.topK);
  return kindOf(task).predictions(task, outputs, options);
}

/** What metrics of the task are computed from; missing labels are left in. */
export function evaluatedOutputs(task: Task, outputs: OutputTensors, labels: HostTensor): EvaluatedOutputs {
  return kindOf(task).evaluated(task, outputs, labels);
}
