import { METRICS } from '@sentence-mtl/evaluation';
import type { Evaluation } from '@sentence-mtl/freeze-strategies';

/** The name under which evaluations keep the value that the best model is chosen by. */
export const AGGREGATE = 'aggregate';

export interface BestSoFar {
  /** Steps done at the best evaluation. */
  readonly step: number;
  readonly value: number;
  /** Evaluations since the first that had this value: what only equals the best does not end the waiting. */
  readonly waited: number;
}

/**
 * The best of the evaluations so far, the last among equals; undefined where none has a value. A small validation set is
 * soon all right, long before the model is sure of anything: of models that it cannot tell apart, the one that has learnt
 * longest is kept (docs/decisions/0009-epochs-by-steps.md).
 */
export function bestSoFar(history: readonly Evaluation[], better: 'higher' | 'lower'): BestSoFar | undefined {
  const sign = better === 'higher' ? 1 : -1;
  let best: BestSoFar | undefined;
  for (const { step, metrics } of history) {
    const value = metrics[AGGREGATE] ?? undefined;
    if (value !== undefined && (best === undefined || sign * value > sign * best.value))
      best = { step, value, waited: 0 };
    else if (best !== undefined) best = { ...best, waited: best.waited + 1, ...(value === best.value && { step }) };
  }
  return best;
}

/** Which values of a metric are better, `mean` or `<task>.<metric>`; a mean over tasks is of metrics that are to rise. */
export function betterOf(metric: string): 'higher' | 'lower' {
  const name = metric.slice(metric.lastIndexOf('.') + 1);
  const known: Readonly<Record<string, 'higher' | 'lower'>> = METRICS;
  return Object.hasOwn(known, name) ? (known[name] ?? 'higher') : 'higher';
}
