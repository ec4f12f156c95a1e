import { METRICS, type MetricName } from '@sentence-mtl/evaluation';
import { decimals } from '../html/numbers.ts';
import { baselineTitle, type TaskResult } from './results.ts';

/** Whether less of a metric is better. */
export function isLowerBetter(metric: string): boolean {
  return Object.hasOwn(METRICS, metric) && METRICS[metric as MetricName] === 'lower';
}

/**
 * A model beside the best of the simple methods, by the paired bootstrap: `0.035 better than the best simple method, TF-IDF,
 * linear (95 % interval 0.022 to 0.047)`. Whether the intervals of the two overlap would not tell.
 */
export function comparisonText({ model: { primary }, best }: TaskResult): string {
  if (best === undefined || best.difference.value === null) return 'not compared with simple methods';
  const { value, low, high } = best.difference;
  const sign = isLowerBetter(primary) ? -1 : 1;
  const [gain, ...range] = [value, low, high].map((each) => (each === null ? null : sign * each));
  const [from, to] = range.toSorted((a, b) => (a ?? 0) - (b ?? 0));
  const words =
    Math.abs(value) < 0.0005
      ? 'as good as'
      : `${decimals(Math.abs(value))} ${(gain ?? 0) > 0 ? 'better' : 'worse'} than`;
  const isSure = from !== null && from !== undefined && to !== null && to !== undefined && (from > 0 || to < 0);
  const interval =
    low === null || high === null ? '' : `, 95 % interval of the difference ${signed(from)} to ${signed(to)}`;
  const chance = isSure ? '' : ': this may be chance';
  return `${words} the best simple method, ${baselineTitle(best.name)}${interval}${chance}`;
}

/** With the sign of typography, which is as wide as a plus. */
function signed(value: number | null | undefined): string {
  return decimals(value).replace('-', '−');
}
