import { noted, undefinedMetric, type Metric } from '../metric.ts';
import type { BinaryScores } from './binary-scores.ts';
import { thresholdCounts } from './threshold-counts.ts';

/**
 * Precision averaged over recall, `Σ (Rₙ − Rₙ₋₁) Pₙ` over the thresholds from the highest down, without interpolation.
 * It is 0, with a note, when there are no positives.
 */
export function averagePrecision(scores: BinaryScores): Metric {
  const positives = scores.positives.length;
  if (positives + scores.negatives.length === 0) return undefinedMetric('no-rows');
  if (positives === 0) return noted(0, 'no-positives');
  let [sum, before] = [0, 0];
  for (const { truePositives, falsePositives } of thresholdCounts(scores)) {
    sum += ((truePositives - before) / positives) * (truePositives / (truePositives + falsePositives));
    before = truePositives;
  }
  return { value: sum };
}
