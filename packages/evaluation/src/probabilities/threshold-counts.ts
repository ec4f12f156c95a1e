import type { BinaryScores } from './binary-scores.ts';

/** At each of T thresholds, how many rows score at least it. */
export interface ThresholdCounts {
  /** (T): every score that occurs, from the highest down. Equal scores are one threshold. */
  readonly thresholds: Float64Array;
  /** (T). */
  readonly truePositives: Uint32Array;
  /** (T). */
  readonly falsePositives: Uint32Array;
}

export function thresholdCounts(scores: BinaryScores): ThresholdCounts {
  const positives = scores.positives.toSorted();
  const negatives = scores.negatives.toSorted();
  const rows = positives.length + negatives.length;
  const thresholds = new Float64Array(rows);
  const [truePositives, falsePositives] = [new Uint32Array(rows), new Uint32Array(rows)];
  let [p, n, count] = [positives.length, negatives.length, 0];
  while (p > 0 || n > 0) {
    const threshold = Math.max(positives[p - 1] ?? -Infinity, negatives[n - 1] ?? -Infinity);
    while (p > 0 && positives[p - 1] === threshold) p--;
    while (n > 0 && negatives[n - 1] === threshold) n--;
    thresholds[count] = threshold;
    truePositives[count] = positives.length - p;
    falsePositives[count] = negatives.length - n;
    count++;
  }
  return {
    thresholds: thresholds.subarray(0, count),
    truePositives: truePositives.subarray(0, count),
    falsePositives: falsePositives.subarray(0, count),
  };
}
