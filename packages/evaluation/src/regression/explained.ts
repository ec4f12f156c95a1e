import { noted, undefinedMetric, type Metric } from '../metric.ts';
import { isConstant, residuals, sumOfSquares, type NumberPairs } from './number-pairs.ts';

/** 1 minus what is unexplained of what there is to explain; for constant labels 1 where nothing is unexplained, else 0. */
function explained(unexplained: number, labels: Float64Array): Metric {
  if (isConstant(labels)) return noted(unexplained === 0 ? 1 : 0, 'constant-labels');
  return { value: 1 - unexplained / sumOfSquares(labels) };
}

/**
 * The coefficient of determination, `1 − Σ (y − ŷ)² / Σ (y − ȳ)²`: 1 is perfect, 0 as good as the mean, without bound
 * below. Of one row it is undefined.
 */
export function r2(pairs: NumberPairs): Metric {
  if (pairs.labels.length < 2) return undefinedMetric(pairs.labels.length === 0 ? 'no-rows' : 'one-row');
  const squares = residuals(pairs).reduce((sum, error) => sum + error * error, 0);
  return explained(squares, pairs.labels);
}

/** `1 − Var(y − ŷ) / Var(y)`: as R², but a constant offset costs nothing. */
export function explainedVariance(pairs: NumberPairs): Metric {
  if (pairs.labels.length === 0) return undefinedMetric('no-rows');
  const errors = residuals(pairs);
  return explained(isConstant(errors) ? 0 : sumOfSquares(errors), pairs.labels);
}
