import type { BinaryScores } from './binary-scores.ts';
import { thresholdCounts } from './threshold-counts.ts';

export interface PrecisionRecallPoint {
  /** Rows that score at least this are predicted positive. */
  readonly threshold: number;
  readonly precision: number;
  /** 1 where there are no positives. */
  readonly recall: number;
}

/** A point for every score that occurs, from the lowest up. */
export function precisionRecallCurve(scores: BinaryScores): readonly PrecisionRecallPoint[] {
  const positives = scores.positives.length;
  const { thresholds, truePositives, falsePositives } = thresholdCounts(scores);
  return Array.from(thresholds, (threshold, i) => {
    const [tp, fp] = [truePositives[i] ?? 0, falsePositives[i] ?? 0];
    return { threshold, precision: tp / (tp + fp), recall: positives === 0 ? 1 : tp / positives };
  }).toReversed();
}
