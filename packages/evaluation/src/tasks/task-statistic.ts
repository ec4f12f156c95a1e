import type { Metric } from '../metric.ts';
import { noSuchMetric } from './evaluate-task.ts';
import type { KindMetrics, MeasuredOutputs } from './kind-metrics.ts';
import type { MetricName } from './metric-name.ts';
import type { TaskOutputs } from './task-outputs.ts';
import { withKind } from './with-kind.ts';

/** A metric as a statistic of the rows that have a label. */
export interface TaskStatistic {
  /** Rows that have a label. */
  readonly rows: number;
  /** What is true of them, in numbers. */
  readonly truth: ArrayLike<number>;
  /** The metric of some of these rows. */
  readonly of: MetricOfRows;
}

type MetricOfRows = (rows: Uint32Array) => Metric;

function metricOfRows<O extends MeasuredOutputs>(
  kind: KindMetrics<O>,
  outputs: O,
  name: MetricName,
): MetricOfRows | undefined {
  const metric = kind.metrics[name];
  if (metric !== undefined) return (rows) => metric(kind.select(outputs, { rows, probabilities: false }));
  const ofProbabilities = kind.probabilityMetrics[name];
  if (ofProbabilities === undefined || outputs.probabilities === undefined) return undefined;
  return (rows) => {
    const selected = kind.select(outputs, { rows, probabilities: true });
    return ofProbabilities(selected, selected.probabilities ?? []);
  };
}

/** @throws ArgumentError when the outputs have no such metric, or as `evaluateTask` */
export function taskStatistic(outputs: TaskOutputs, name: MetricName): TaskStatistic {
  return withKind(outputs, (kind, own) => {
    const rows = kind.labelledRows(own);
    const labelled = kind.select(own, { rows, probabilities: true });
    const of = metricOfRows(kind, labelled, name);
    if (of !== undefined) return { rows: rows.length, truth: kind.truth(labelled), of };
    throw noSuchMetric(name, [...Object.keys(kind.metrics), ...Object.keys(kind.probabilityMetrics)], outputs.kind);
  });
}
