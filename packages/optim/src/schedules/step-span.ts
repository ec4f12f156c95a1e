import type { StepSpan } from './schedule-config.ts';

/** Of a share of steps, less than this above a whole number is rounding: 0.07 · 100 is 7.000000000000001. */
const ROUNDING = 1e-9;

/** The steps of a span in a run: a share is rounded up. */
export function stepsOf(span: StepSpan | undefined, totalSteps: number): number {
  if (span === undefined) return 0;
  return 'steps' in span ? span.steps : Math.ceil(span.fraction * totalSteps - ROUNDING);
}
