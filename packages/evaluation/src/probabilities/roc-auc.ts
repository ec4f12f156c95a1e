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
  const { truePositives, falsePositives } = thresholdCounts(scores);
  let [twiceArea, tp, fp] = [0, 0, 0];
  for (let i = 0; i < truePositives.length; i++) {
    const [nextTp, nextFp] = [truePositives[i] ?? 0, falsePositives[i] ?? 0];
    twiceArea += (nextFp - fp) * (nextTp + tp);
    [tp, fp] = [nextTp, nextFp];
  }
  return { value: twiceArea / (2 * positives * negatives) };
}
