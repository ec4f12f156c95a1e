import type { MeasuredMetric } from './measured-task.ts';

/** Three decimals, or a dash where there is no value. */
export const decimals = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

/** `0.958 (0.951 to 0.964)`. */
export function withInterval({ value, low, high }: MeasuredMetric): string {
  return low === null || high === null ? decimals(value) : `${decimals(value)} (${decimals(low)} to ${decimals(high)})`;
}
