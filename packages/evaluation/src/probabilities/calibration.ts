import { ArgumentError } from '@sentence-mtl/core';
import { undefinedMetric, type Metric } from '../metric.ts';
import { argMaxRows } from './arg-max-rows.ts';
import { probabilityRows } from './class-probabilities.ts';

/** Rows whose confidence, the highest probability, is in `(low, high]`; the first bin holds 0 too. */
export interface CalibrationBin {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  /** Mean confidence; undefined in an empty bin. */
  readonly confidence: number | undefined;
  /** The share of rows whose most likely class is theirs; undefined in an empty bin. */
  readonly accuracy: number | undefined;
}

/** The number of the bin that holds a confidence; division alone would put some border into its neighbour. */
function binOf(confidence: number, bins: number): number {
  let bin = Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
  while (bin > 0 && confidence <= bin / bins) bin--;
  while (bin < bins - 1 && confidence > (bin + 1) / bins) bin++;
  return bin;
}

/**
 * How right a classifier is at each confidence, in bins of equal width: what a calibration plot shows.
 * @throws ArgumentError when lengths do not fit, a label is not one of the classes, a row does not add up to 1, or there
 *   is no bin
 */
export function calibrationBins(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  labelCount: number,
  bins = 15,
): readonly CalibrationBin[] {
  if (!Number.isInteger(bins) || bins < 1) throw new ArgumentError(`${bins} bins: it must be an integer from 1`);
  const rows = probabilityRows(probabilities, labels, labelCount);
  const predictions = argMaxRows(probabilities, labelCount);
  const sums = Array.from({ length: bins }, () => ({ rows: 0, confidence: 0, right: 0 }));
  for (const row of rows) {
    const prediction = predictions[row] ?? 0;
    const confidence = probabilities[row * labelCount + prediction] ?? NaN;
    const sum = sums[binOf(confidence, bins)];
    if (sum === undefined) continue;
    sum.rows++;
    sum.confidence += confidence;
    sum.right += Number(labels[row] === prediction);
  }
  return sums.map(({ rows: count, confidence, right }, bin) => ({
    low: bin / bins,
    high: (bin + 1) / bins,
    rows: count,
    confidence: count === 0 ? undefined : confidence / count,
    accuracy: count === 0 ? undefined : right / count,
  }));
}

/**
 * Expected calibration error: `Σ n_b / n · |accuracy_b − confidence_b|` over bins of equal width.
 * Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning" (2015).
 */
export function expectedCalibrationError(bins: readonly CalibrationBin[]): Metric {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  if (rows === 0) return undefinedMetric('no-rows');
  const gaps = bins.map((bin) => bin.rows * Math.abs((bin.accuracy ?? 0) - (bin.confidence ?? 0)));
  return { value: gaps.reduce((sum, gap) => sum + gap, 0) / rows };
}
