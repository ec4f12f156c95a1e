import { sumOf } from '../label-counts.ts';
import { undefinedMetric, type Metric } from '../metric.ts';
import type { TagCounts } from './count-tags.ts';

/** The share of tags that are wrong. */
export function hammingLoss({ tags, truePositives, predicted, labelled }: TagCounts): Metric {
  if (tags === 0) return undefinedMetric('no-rows');
  return { value: (sumOf(predicted) + sumOf(labelled) - 2 * sumOf(truePositives)) / tags };
}
