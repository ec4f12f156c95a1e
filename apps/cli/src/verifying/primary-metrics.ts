import type { Row } from '@sentence-mtl/data';
import { evaluateTask, METRICS, type MetricName } from '@sentence-mtl/evaluation';
import type { MultiTaskModel } from '@sentence-mtl/model';
import { predictedOutputs } from '../measure/predicted-outputs.ts';
import { predictRows } from '../measure/predict-rows.ts';
import { taskRows } from '../measure/task-rows.ts';

/** The first metric of a task. */
export interface PrimaryMetric {
  readonly metric: MetricName;
  readonly value: number;
  /** Rows with a label. */
  readonly rows: number;
}

export type PrimaryMetrics = ReadonlyMap<string, PrimaryMetric>;

/**
 * The first metric of each task that rows have labels of.
 *
 * @throws LabelError where a label is none of its task's
 */
export async function primaryMetrics(
  model: MultiTaskModel,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<PrimaryMetrics> {
  const predicted = await predictRows(model, rows, { signal });
  const measured = Object.entries(model.tasks).flatMap(([name, task]) => {
    const own = taskRows(name, task, rows);
    const predictions = own.places.flatMap((place) => predicted[place]?.[name] ?? []);
    const outputs = own.places.length === 0 ? undefined : predictedOutputs(own, predictions);
    if (outputs === undefined) return [];
    const { primary: metric, metrics, rows: count } = evaluateTask(outputs);
    const value = metrics[metric]?.value;
    return value === undefined ? [] : [[name, { metric, value, rows: count }] as const];
  });
  return new Map(measured);
}

/**
 * How much worse a metric is than before: points (hundredths) where more is better, percent where less is; below 0 where
 * it is better.
 */
export function lostPoints({ metric, value }: PrimaryMetric, now: PrimaryMetric | undefined): number {
  const other = now?.value ?? Number.NaN;
  if (METRICS[metric] !== 'lower') return (value - other) * 100;
  return value === other ? 0 : ((other - value) / value) * 100;
}
