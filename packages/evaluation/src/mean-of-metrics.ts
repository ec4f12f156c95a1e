import { noted, undefinedMetric, type Metric, type MetricNote } from './metric.ts';

export interface WeightedMetric extends Metric {
  readonly weight: number;
}

/**
 * The weighted mean of those that have a value. It carries `leftOut` where some have none, else the note of the first
 * that has one.
 */
export function meanOfMetrics(metrics: readonly WeightedMetric[], leftOut: MetricNote): Metric {
  let [sum, weights, missing] = [0, 0, false];
  let note: MetricNote | undefined;
  for (const metric of metrics) {
    if (metric.value === undefined) missing = true;
    else {
      sum += metric.weight * metric.value;
      weights += metric.weight;
      note ??= metric.note;
    }
  }
  if (weights === 0) return undefinedMetric(metrics[0]?.note ?? 'no-rows');
  return noted(sum / weights, missing ? leftOut : note);
}
