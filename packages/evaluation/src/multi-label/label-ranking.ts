import { checkFinite } from '../labelled-rows.ts';
import type { Metric } from '../metric.ts';
import { meanOverTagRows, type TagRow } from './tag-rows.ts';

function atLeast(scores: readonly number[], least: number): number {
  return scores.filter((score) => score >= least).length;
}

function trueScores({ row, labels, predictions }: TagRow): readonly number[] {
  for (const score of predictions) checkFinite(score, row);
  return predictions.filter((_, at) => labels[at] === 1);
}

/**
 * The mean over a row's true tags of the share of true tags among those that score at least as high; 1 for a row without
 * tags or with all. Scores are (N, L).
 * @throws ArgumentError when lengths differ, a tag is not 0 or 1, or a score is not finite
 */
export function labelRankingAveragePrecision(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  labelCount: number,
): Metric {
  return meanOverTagRows(scores, labels, labelCount, (row) => {
    const own = trueScores(row);
    if (own.length === 0) return 1;
    const shares = own.map((score) => atLeast(own, score) / atLeast(row.predictions, score));
    return shares.reduce((sum, share) => sum + share, 0) / own.length;
  });
}

/**
 * How far down the ranking of its tags a row must go to have all true ones, in tags; 0 for a row without tags. Scores
 * are (N, L).
 * @throws ArgumentError when lengths differ, a tag is not 0 or 1, or a score is not finite
 */
export function coverageError(scores: ArrayLike<number>, labels: ArrayLike<number>, labelCount: number): Metric {
  return meanOverTagRows(scores, labels, labelCount, (row) => {
    const own = trueScores(row);
    return own.length === 0 ? 0 : atLeast(row.predictions, Math.min(...own));
  });
}
