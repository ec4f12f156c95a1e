import { Random } from '@sentence-mtl/core';
import { compareOutputs, type MetricName, type TaskOutputs } from '@sentence-mtl/evaluation';
import type { MeasuredMetric } from './measured-task.ts';

/** A metric of some outputs less that of others on the same rows, with the 95 % interval of the paired bootstrap. */
export function measureDifference(
  outputs: TaskOutputs,
  others: TaskOutputs,
  metric: MetricName,
  seed: number,
): MeasuredMetric {
  const random = Random.of(seed).split('comparison');
  const { difference, interval } = compareOutputs(outputs, others, metric, { random });
  return { value: difference.value ?? null, low: interval.low ?? null, high: interval.high ?? null };
}
