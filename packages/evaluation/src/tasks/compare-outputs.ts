import { ArgumentError } from '@sentence-mtl/core';
import { bootstrapDifference, type DifferenceInterval } from '../bootstrap/difference.ts';
import type { BootstrapOptions } from '../bootstrap/resample.ts';
import { noted, type Metric } from '../metric.ts';
import type { MetricName } from './metric-name.ts';
import type { TaskOutputs } from './task-outputs.ts';
import { taskStatistic, type TaskStatistic } from './task-statistic.ts';

/** What two models differ by in one metric. */
export interface OutputsComparison {
  /** The metric of the first less that of the second. */
  readonly difference: Metric;
  readonly interval: DifferenceInterval;
}

function checkSameTruth(first: TaskStatistic, second: TaskStatistic): void {
  const { truth } = second;
  const sameAt = (value: number, i: number): boolean =>
    value === truth[i] || (Number.isNaN(value) && Number.isNaN(truth[i]));
  if (first.truth.length === truth.length && Array.from(first.truth).every(sameAt)) return;
  throw new ArgumentError('two models are compared on the same rows, and the labels given with the two differ');
}

/**
 * Compares two models' outputs for the same rows, in the same order, by the paired bootstrap.
 * @throws ArgumentError when the labels differ, there is no such metric, or the outputs or options are not sound
 */
export function compareOutputs(
  first: TaskOutputs,
  second: TaskOutputs,
  name: MetricName,
  options: BootstrapOptions,
): OutputsComparison {
  const [a, b] = [taskStatistic(first, name), taskStatistic(second, name)];
  checkSameTruth(a, b);
  const rows = Uint32Array.from({ length: a.rows }, (_, row) => row);
  const [metricA, metricB] = [a.of(rows), b.of(rows)];
  const difference = (metricA.value ?? NaN) - (metricB.value ?? NaN);
  return {
    difference: noted(Number.isNaN(difference) ? undefined : difference, metricA.note ?? metricB.note),
    interval: bootstrapDifference(
      a.rows,
      (drawn) => a.of(drawn).value,
      (drawn) => b.of(drawn).value,
      options,
    ),
  };
}
