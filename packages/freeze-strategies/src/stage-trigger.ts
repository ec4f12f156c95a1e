import { unreachable } from '@sentence-mtl/core';

/** Evaluations that do not better the best value of a metric. */
export interface Stall {
  readonly kind: 'stall';
  /** A name of the evaluations' metrics. */
  readonly metric: string;
  /** Which values are better: `higher` unless given. */
  readonly better?: 'higher' | 'lower';
  /** Evaluations in a row without a better value, until the next stage begins: 1 unless given. */
  readonly patience?: number;
  /** How much better a value has to be: more than 0 unless given. */
  readonly margin?: number;
}

/** What begins the next stage: steps or epochs, every so many or at given ones, or a metric that stalls. */
export type StageTrigger =
  | { readonly kind: 'step' | 'epoch'; readonly every: number }
  | { readonly kind: 'step' | 'epoch'; readonly at: readonly number[] }
  | Stall;

/** A trigger in words, with all its settings. */
export function describeTrigger(trigger: StageTrigger): string {
  switch (trigger.kind) {
    case 'step':
    case 'epoch':
      if ('at' in trigger) return `at ${trigger.kind} ${trigger.at.join(', ')}`;
      return trigger.every === 1 ? `every ${trigger.kind}` : `every ${trigger.every} ${trigger.kind}s`;
    case 'stall': {
      const { metric, better = 'higher', patience = 1, margin = 0 } = trigger;
      return `when ${metric} stalls, better ${better}, patience ${patience}, margin ${margin}`;
    }
    default:
      return unreachable(trigger);
  }
}
