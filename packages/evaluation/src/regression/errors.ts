import { undefinedMetric, type Metric } from '../metric.ts';
import { meanOf, residuals, type NumberPairs } from './number-pairs.ts';

function ofResiduals(pairs: NumberPairs, of: (residuals: Float64Array) => number): Metric {
  return pairs.labels.length === 0 ? undefinedMetric('no-rows') : { value: of(residuals(pairs)) };
}

/** The mean of `(y − ŷ)²`. */
export function meanSquaredError(pairs: NumberPairs): Metric {
  return ofResiduals(pairs, (errors) => meanOf(errors.map((error) => error * error)));
}

/** The root of the mean squared error, in the unit of the numbers. */
export function rootMeanSquaredError(pairs: NumberPairs): Metric {
  return ofResiduals(pairs, (errors) => Math.sqrt(meanOf(errors.map((error) => error * error))));
}

/** The mean of `|y − ŷ|`. */
export function meanAbsoluteError(pairs: NumberPairs): Metric {
  return ofResiduals(pairs, (errors) => meanOf(errors.map(Math.abs)));
}

/** The largest `|y − ŷ|`. */
export function maxError(pairs: NumberPairs): Metric {
  return ofResiduals(pairs, (errors) => errors.reduce((largest, error) => Math.max(largest, Math.abs(error)), 0));
}
