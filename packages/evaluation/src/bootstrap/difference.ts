import { intervalOf, type Interval } from './interval.ts';
import { resample, type BootstrapOptions, type Statistic } from './resample.ts';

/** The interval of a difference, and how sure its sign is. */
export interface DifferenceInterval extends Interval {
  /** The share of resamples in which the first is greater, ties half; undefined where no resample had a value. */
  readonly greater: number | undefined;
}

/**
 * The first statistic less the second, of the same rows in each resample: what differs between two models is not hidden
 * by what differs between rows. The two differ beyond the choice of rows when the interval does not hold 0.
 * @throws ArgumentError unless the confidence is between 0 and 1 and the number of resamples an integer from 1
 */
export function bootstrapDifference(
  rowCount: number,
  first: Statistic,
  second: Statistic,
  options: BootstrapOptions,
): DifferenceInterval {
  const differences = resample(rowCount, [first, second], options).map(([a = NaN, b = NaN]) => a - b);
  const greater = differences.reduce((sum, difference) => sum + (Math.sign(difference) + 1) / 2, 0);
  return {
    ...intervalOf(differences, rowCount, options),
    greater: differences.length === 0 ? undefined : greater / differences.length,
  };
}
