// Three correlations from −1 to 1. Labels that are all the same allow none; predictions that are all the same say nothing
// of the labels, which counts as 0.
import { noted, undefinedMetric, type Metric } from '../metric.ts';
import { averageRanks } from './average-ranks.ts';
import { pairOrder } from './kendall-pairs.ts';
import { isConstant, meanOf, type NumberPairs } from './number-pairs.ts';

function correlation({ predictions, labels }: NumberPairs, of: (pairs: NumberPairs) => number): Metric {
  if (labels.length < 2) return undefinedMetric(labels.length === 0 ? 'no-rows' : 'one-row');
  if (isConstant(labels)) return undefinedMetric('constant-labels');
  if (isConstant(predictions)) return noted(0, 'constant-predictions');
  return { value: Math.max(-1, Math.min(1, of({ predictions, labels }))) };
}

/** The values less their mean, scaled so that the largest is 1: no square overflows or vanishes. */
function centred(values: Float64Array): Float64Array {
  const mean = meanOf(values);
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value - mean));
  return values.map((value) => (value - mean) / largest);
}

function pearsonOf({ predictions, labels }: NumberPairs): number {
  const [a, b] = [centred(predictions), centred(labels)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row] ?? NaN, b[row] ?? NaN];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / (Math.sqrt(aa) * Math.sqrt(bb));
}

/** Pearson's r: how near the pairs are to a line. */
export function pearson(pairs: NumberPairs): Metric {
  return correlation(pairs, pearsonOf);
}

/** Spearman's ρ: Pearson's r of the ranks, so of the order alone. Ties share the mean of their ranks. */
export function spearman(pairs: NumberPairs): Metric {
  return correlation(pairs, ({ predictions, labels }) =>
    pearsonOf({ predictions: averageRanks(predictions), labels: averageRanks(labels) }),
  );
}

/** Kendall's τ-b: pairs of rows in the same order less pairs in the opposite order, with ties allowed for. */
export function kendall(pairs: NumberPairs): Metric {
  return correlation(pairs, ({ predictions, labels }) => {
    const { all, tiedPredictions, tiedLabels, tiedBoth, discordant } = pairOrder(predictions, labels);
    const difference = all - tiedPredictions - tiedLabels + tiedBoth - 2 * discordant;
    return difference / (Math.sqrt(all - tiedPredictions) * Math.sqrt(all - tiedLabels));
  });
}
