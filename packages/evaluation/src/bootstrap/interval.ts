import { ArgumentError } from '@sentence-mtl/core';
import type { MetricNote } from '../metric.ts';
import { resample, type BootstrapOptions, type Statistic } from './resample.ts';

export interface Interval {
  /** Undefined where no resample had a value. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** The share of resamples between the two. */
  readonly confidence: number;
  /** Resamples that had a value. */
  readonly resamples: number;
  readonly note?: MetricNote;
}

/** The value below which a share of ascending numbers lies, between neighbours by a straight line. */
export function quantile(ascending: ArrayLike<number>, share: number): number | undefined {
  const place = share * (ascending.length - 1);
  const [below, above] = [ascending[Math.floor(place)], ascending[Math.ceil(place)]];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (place - Math.floor(place));
}

function noteOf(rowCount: number, values: number, resamples: number): MetricNote | undefined {
  if (rowCount < 2) return rowCount === 0 ? 'no-rows' : 'one-row';
  return values < resamples ? 'resamples-left-out' : undefined;
}

/**
 * The interval of the values of resamples, in any order, with its tails cut off.
 * @throws ArgumentError unless the confidence is between 0 and 1
 */
export function intervalOf(
  values: readonly number[],
  rowCount: number,
  { confidence = 0.95, resamples = 1000 }: BootstrapOptions,
): Interval {
  if (!(confidence > 0 && confidence < 1)) {
    throw new ArgumentError(`a confidence of ${confidence}: it must be between 0 and 1, such as 0.95`);
  }
  const ascending = Float64Array.from(values).sort();
  const [low, high] = [quantile(ascending, (1 - confidence) / 2), quantile(ascending, (1 + confidence) / 2)];
  const note = noteOf(rowCount, values.length, resamples);
  return { low, high, confidence, resamples: values.length, ...(note === undefined ? {} : { note }) };
}

/**
 * How far a statistic of `rowCount` rows might lie off by the choice of rows: the percentile bootstrap. A note says when
 * there are too few rows for it to mean anything, or when some resamples had no value.
 *
 * ```ts
 * const right = Float64Array.of(1, 0, 1, 1);
 * const mean = (rows: Uint32Array) => rows.reduce((sum, row) => sum + (right[row] ?? 0), 0) / rows.length;
 * bootstrapInterval(4, mean, { random: Random.of(42).split('bootstrap') });
 * ```
 * Efron and Tibshirani, "An introduction to the bootstrap" (1993), chapter 13.
 * @throws ArgumentError unless the confidence is between 0 and 1 and the number of resamples an integer from 1
 */
export function bootstrapInterval(rowCount: number, statistic: Statistic, options: BootstrapOptions): Interval {
  return intervalOf(resample(rowCount, [statistic], options).flat(), rowCount, options);
}
