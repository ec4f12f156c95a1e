import type { Average } from '../classification/precision-recall-f1.ts';
import { meanOfMetrics } from '../mean-of-metrics.ts';
import type { Metric } from '../metric.ts';
import type { BinaryScores } from './binary-scores.ts';

function concatenate(arrays: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

/**
 * A metric of two classes for several labels: `micro` of all labels' rows together, `macro` as the mean over labels,
 * `weighted` by each label's positives. Labels for which it has no value are left out, with a note.
 *
 * ```ts
 * meanOverLabels(oneVersusRest(probabilities, labels, 3), rocAuc, 'macro');
 * ```
 */
export function meanOverLabels(
  labels: Iterable<BinaryScores>,
  metric: (scores: BinaryScores) => Metric,
  average: Average,
): Metric {
  const weightOf = ({ positives }: BinaryScores): number => (average === 'macro' ? 1 : positives.length);
  if (average !== 'micro') {
    const each = Array.from(labels, (scores) => ({ ...metric(scores), weight: weightOf(scores) }));
    return meanOfMetrics(each, 'labels-left-out');
  }
  const all = [...labels];
  return metric({
    positives: concatenate(all.map(({ positives }) => positives)),
    negatives: concatenate(all.map(({ negatives }) => negatives)),
  });
}
