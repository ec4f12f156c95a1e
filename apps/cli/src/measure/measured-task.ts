import { Random } from '@sentence-mtl/core';
import {
  evaluateTask,
  taskInterval,
  type Interval,
  type MetricName,
  type TaskEvaluation,
  type TaskOutputs,
} from '@sentence-mtl/evaluation';

/** A metric with its 95 % interval. */
export interface MeasuredMetric {
  /** Null where the labels allow none. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What some outputs are worth: every metric, and the primary one with its interval. */
export interface MeasuredTask {
  readonly kind: TaskEvaluation['kind'];
  readonly rows: number;
  readonly primary: MetricName;
  readonly interval: MeasuredMetric;
  readonly metrics: Readonly<Partial<Record<MetricName, number | null>>>;
}

/** Few enough that 150 labels on thousands of rows take a second, many enough for two digits. */
const RESAMPLES = 1000;

function intervalOf(outputs: TaskOutputs, name: MetricName, seed: number): Interval {
  return taskInterval(outputs, name, { random: Random.of(seed).split('bootstrap'), resamples: RESAMPLES });
}

/** Measures what was predicted; the interval is that of the bootstrap over rows. */
export function measureTask(outputs: TaskOutputs, seed: number): MeasuredTask {
  const { kind, rows, primary, metrics } = evaluateTask(outputs);
  const { low, high } = intervalOf(outputs, primary, seed);
  // Among the best 3 of 3 labels every label is: that tells nothing.
  const telling = Object.entries(metrics).filter(([, { note }]) => note !== 'always-right');
  const values = telling.map(([name, { value }]) => [name, value ?? null]);
  const interval = { value: metrics[primary]?.value ?? null, low: low ?? null, high: high ?? null };
  return { kind, rows, primary, interval, metrics: Object.fromEntries(values) };
}
