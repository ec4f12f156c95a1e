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
  const { truePositives, falsePositives } = thresholdCounts(scores);
  let [sum, before] = [0, 0];
  for (let i = 0; i < truePositives.length; i++) {
    const [tp, fp] = [truePositives[i] ?? 0, falsePositives[i] ?? 0];
    sum += ((tp - before) / positives) * (tp / (tp + fp));
    before = tp;
  }
  return { value: sum };
}
