import type { TaskOutputs } from '@sentence-mtl/evaluation';
import type { Row } from '@sentence-mtl/data';
import type { MultiTaskModel } from '@sentence-mtl/model';
import { measureTask, type MeasuredTask } from './measured-task.ts';
import { predictRows, type Prediction, type PredictingOptions } from './predict-rows.ts';
import { predictedOutputs } from './predicted-outputs.ts';
import { taskRows, type TaskRows } from './task-rows.ts';

/** A task on the rows that have a label of it. */
export interface EvaluatedTask {
  readonly own: TaskRows;
  /** Of those rows. */
  readonly predictions: readonly Prediction[];
  readonly outputs: TaskOutputs;
  readonly measured: MeasuredTask;
}

export interface EvaluatingOptions extends PredictingOptions {
  /** Of the bootstrap. */
  readonly seed: number;
  /** The tasks that count. Default: all of the model. */
  readonly tasks?: readonly string[];
}

/**
 * What a model is worth on rows, by task; tasks without a labelled row, and those of embeddings, are not there.
 *
 * @throws LabelError where a label is none of its task's
 * @throws the signal's reason, where it aborts
 */
export async function evaluateRows(
  model: MultiTaskModel,
  rows: readonly Row[],
  { seed, tasks, ...options }: EvaluatingOptions,
): Promise<ReadonlyMap<string, EvaluatedTask>> {
  const predicted = await predictRows(model, rows, options);
  const evaluated = Object.entries(model.tasks).flatMap(([name, task]) => {
    if (tasks !== undefined && !tasks.includes(name)) return [];
    const own = taskRows(name, task, rows);
    const predictions = own.places.flatMap((place) => predicted[place]?.[name] ?? []);
    const outputs = own.places.length === 0 ? undefined : predictedOutputs(own, predictions);
    if (outputs === undefined) return [];
    return [[name, { own, predictions, outputs, measured: measureTask(outputs, seed) }] as const];
  });
  return new Map(evaluated);
}
