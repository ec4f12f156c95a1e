import { noted, undefinedMetric, type Metric } from '../metric.ts';
import type { ConfusionMatrix } from './confusion-matrix.ts';

/** `equal`: every confusion is as bad; `quadratic`: as bad as the square of the distance of the labels' numbers. */
export type KappaWeights = 'equal' | 'quadratic';

function marginals({ labelCount, counts }: ConfusionMatrix): { labelled: Float64Array; predicted: Float64Array } {
  const labelled = new Float64Array(labelCount);
  const predicted = new Float64Array(labelCount);
  counts.forEach((count, cell) => {
    const [label, prediction] = [Math.floor(cell / labelCount), cell % labelCount];
    labelled[label] = (labelled[label] ?? 0) + count;
    predicted[prediction] = (predicted[prediction] ?? 0) + count;
  });
  return { labelled, predicted };
}

/**
 * Cohen's kappa: agreement beyond chance, `1 − Σ w O / Σ w E` with observed counts O, those expected by chance E and the
 * weight w of a confusion; 0 is chance. It is 0, with a note, when all labels are of one class.
 */
export function cohenKappa(matrix: ConfusionMatrix, weights: KappaWeights = 'equal'): Metric {
  const { labelCount, counts, rows } = matrix;
  if (rows === 0) return undefinedMetric('no-rows');
  const { labelled, predicted } = marginals(matrix);
  if (labelled.includes(rows)) return noted(0, 'one-class');
  let [observed, expected] = [0, 0];
  counts.forEach((count, cell) => {
    const [label, prediction] = [Math.floor(cell / labelCount), cell % labelCount];
    const weight = weights === 'quadratic' ? (label - prediction) ** 2 : Number(label !== prediction);
    observed += weight * count;
    expected += (weight * (labelled[label] ?? 0) * (predicted[prediction] ?? 0)) / rows;
  });
  return { value: 1 - observed / expected };
}
