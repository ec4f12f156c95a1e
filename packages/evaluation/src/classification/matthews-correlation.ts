import { sumOf, type ClassCounts } from '../label-counts.ts';
import { noted, undefinedMetric, type Metric } from '../metric.ts';

function sumOfProducts(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** How many rows there are squared, less the sum of squares of the counts: 0 when all rows are of one class. */
function spread({ rows }: ClassCounts, counts: Uint32Array): number {
  return rows * rows - sumOfProducts(counts, counts);
}

/**
 * Matthews' correlation of predicted and true classes, from −1 to 1; 0 is chance:
 * `(c s − Σ p t) / √((s² − Σ p²) (s² − Σ t²))` with s rows of which c are right, p predicted and t true rows a class.
 * It is 0, with a note, when all labels or all predictions are of one class.
 * Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient" (2004).
 */
export function matthewsCorrelation(counts: ClassCounts): Metric {
  const { rows, truePositives, predicted, labelled } = counts;
  if (rows === 0) return undefinedMetric('no-rows');
  const [ofLabels, ofPredictions] = [spread(counts, labelled), spread(counts, predicted)];
  if (ofLabels === 0) return noted(0, 'one-class');
  if (ofPredictions === 0) return noted(0, 'constant-predictions');
  const covariance = rows * sumOf(truePositives) - sumOfProducts(predicted, labelled);
  return { value: covariance / (Math.sqrt(ofLabels) * Math.sqrt(ofPredictions)) };
}
