import { checkFinite, checkLengths, labelledRows } from '../labelled-rows.ts';
import { meanOfMetrics, type WeightedMetric } from '../mean-of-metrics.ts';
import type { Metric } from '../metric.ts';
import type { BinaryScores } from './binary-scores.ts';
import { rocAuc } from './roc-auc.ts';

/** (L, L): the scores for the class of a column on the rows of the class of a row. */
function scoresByClass(scores: ArrayLike<number>, labels: ArrayLike<number>, labelCount: number): Float64Array[][] {
  const classRows = Array.from({ length: labelCount }, (): number[] => []);
  for (const row of labelledRows(labels, labelCount)) classRows[labels[row] ?? NaN]?.push(row);
  return classRows.map((rows) =>
    Array.from({ length: labelCount }, (_, label) =>
      Float64Array.from(rows, (row) => {
        const score = scores[row * labelCount + label] ?? NaN;
        checkFinite(score, row);
        return score;
      }),
    ),
  );
}

/**
 * The mean over all pairs of classes of how well each one's score separates the two, `weighted` by their rows.
 * Hand and Till, "A simple generalisation of the area under the ROC curve for multiple class problems" (2001).
 * @throws ArgumentError when lengths do not fit, a label is not one of the classes, or a score is not finite
 */
export function oneVersusOneRocAuc(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  labelCount: number,
  average: 'macro' | 'weighted',
): Metric {
  checkLengths(scores, labels, labelCount);
  const byClass = scoresByClass(scores, labels, labelCount);
  const of = (row: number, column: number): Float64Array => byClass[row]?.[column] ?? new Float64Array();
  const pair = (a: number, b: number): BinaryScores => ({ positives: of(a, a), negatives: of(b, a) });
  const metrics: WeightedMetric[] = [];
  for (let a = 0; a < labelCount; a++) {
    for (let b = a + 1; b < labelCount; b++) {
      const weight = average === 'macro' ? 1 : of(a, a).length + of(b, b).length;
      metrics.push({ ...rocAuc(pair(a, b)), weight }, { ...rocAuc(pair(b, a)), weight });
    }
  }
  return meanOfMetrics(metrics, 'labels-left-out');
}
