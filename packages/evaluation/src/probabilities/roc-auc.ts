import { undefinedMetric, type Metric } from '../metric.ts';
import type { BinaryScores } from './binary-scores.ts';
import { thresholdCounts } from './threshold-counts.ts';

/**
 * The area under the ROC curve: how often a positive scores higher than a negative, a tie counting half. Undefined when
 * there are no positives or no negatives.
 */
export function rocAuc(scores: BinaryScores): Metric {
  const [positives, negatives] = [scores.positives.length, scores.negatives.length];
  if (positives + negatives === 0) return undefinedMetric('no-rows');
  if (positives === 0 || negatives === 0) return undefinedMetric('one-class');
  let [twiceArea, truePositives, falsePositives] = [0, 0, 0];
  for (const count of thresholdCounts(scores)) {
    twiceArea += (count.falsePositives - falsePositives) * (count.truePositives + truePositives);
    ({ truePositives, falsePositives } = count);
  }
  return { value: twiceArea / (2 * positives * negatives) };
}
