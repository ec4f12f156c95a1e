import type { BinaryScores } from './binary-scores.ts';

/** How many rows score at least a threshold. */
export interface ThresholdCount {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** The counts at every score that occurs, from the highest down. Equal scores are one threshold. */
export function thresholdCounts(scores: BinaryScores): readonly ThresholdCount[] {
  const positives = scores.positives.toSorted();
  const negatives = scores.negatives.toSorted();
  const counts: ThresholdCount[] = [];
  let [p, n] = [positives.length, negatives.length];
  while (p > 0 || n > 0) {
    const threshold = Math.max(positives[p - 1] ?? -Infinity, negatives[n - 1] ?? -Infinity);
    while (p > 0 && positives[p - 1] === threshold) p--;
    while (n > 0 && negatives[n - 1] === threshold) n--;
    counts.push({ threshold, truePositives: positives.length - p, falsePositives: negatives.length - n });
  }
  return counts;
}
