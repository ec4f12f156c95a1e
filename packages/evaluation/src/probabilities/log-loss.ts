import { noted, type Metric } from '../metric.ts';
import { meanOverRows, probabilityRows } from './class-probabilities.ts';

/** The machine epsilon of the numbers of an array. */
function epsilonOf(values: ArrayLike<number>): number {
  return values instanceof Float32Array ? 2 ** -23 : Number.EPSILON;
}

/**
 * The mean of `−ln p` with p the probability (N, L) of the true class, in nats. p is kept from the machine epsilon of its
 * type up, so that a class that was given no probability at all costs 36 (16 in float32), not infinity.
 * @throws ArgumentError when lengths do not fit, a label is not one of the classes, or a row does not add up to 1
 */
export function logLoss(probabilities: ArrayLike<number>, labels: ArrayLike<number>, labelCount: number): Metric {
  const rows = probabilityRows(probabilities, labels, labelCount);
  const epsilon = epsilonOf(probabilities);
  const mean = meanOverRows(rows, (row) => {
    const probability = probabilities[row * labelCount + (labels[row] ?? NaN)] ?? NaN;
    return -Math.log(Math.min(1, Math.max(epsilon, probability)));
  });
  return noted(mean, mean === undefined ? 'no-rows' : undefined);
}
