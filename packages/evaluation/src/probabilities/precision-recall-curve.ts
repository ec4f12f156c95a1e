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
  return thresholdCounts(scores)
    .map(({ threshold, truePositives, falsePositives }) => ({
      threshold,
      precision: truePositives / (truePositives + falsePositives),
      recall: positives === 0 ? 1 : truePositives / positives,
    }))
    .toReversed();
}
