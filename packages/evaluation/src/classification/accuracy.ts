import { sumOf, type ClassCounts } from '../label-counts.ts';
import { undefinedMetric, type Metric } from '../metric.ts';

/** The share of rows that were given their class. */
export function accuracy({ truePositives, rows }: ClassCounts): Metric {
  return rows === 0 ? undefinedMetric('no-rows') : { value: sumOf(truePositives) / rows };
}
