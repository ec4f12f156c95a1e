import { ArgumentError, nearestMatch, unreachable } from '@sentence-mtl/core';
import { MissingMetricError } from './freeze-error.ts';
import type { Evaluation, Progress } from './progress.ts';
import type { Stall, StageTrigger } from './stage-trigger.ts';

/** When a stage may change next; a field that is absent never changes it. */
export interface NextChange {
  readonly step?: number;
  readonly epoch?: number;
  /** Whether the next evaluation may change it. */
  readonly evaluation?: true;
}

/** What takes a strategy from stage to stage: a pure function of progress that never goes back. */
export interface StageRule {
  readonly stageCount: number;
  readonly stageAt: (progress: Progress) => number;
  readonly nextChange: (progress: Progress) => NextChange;
  /** When a stage after the first begins, for people: `from step 700`. */
  readonly beginning: (stage: number) => string;
}

function checkStarts(kind: string, starts: readonly number[], stageCount: number): void {
  const wrong = starts.find((start, i) => !Number.isSafeInteger(start) || start <= (starts[i - 1] ?? 0));
  if (wrong !== undefined) {
    throw new ArgumentError(`a stage begins at ${kind} ${wrong}; stages begin at whole numbers above 0 that rise`);
  }
  if (starts.length === stageCount - 1) return;
  throw new ArgumentError(
    `${stageCount} stages begin at ${stageCount - 1} ${kind}s after the first; ${starts.length} are given`,
  );
}

function countedRule(kind: 'step' | 'epoch', starts: readonly number[]): StageRule {
  return {
    stageCount: starts.length + 1,
    stageAt: (progress) => starts.filter((start) => start <= progress[kind]).length,
    nextChange: (progress) => {
      const next = starts.find((start) => start > progress[kind]);
      return next === undefined ? {} : { [kind]: next };
    },
    beginning: (stage) => `from ${kind} ${starts[stage - 1] ?? 0}`,
  };
}

function metricOf({ step, metrics }: Evaluation, metric: string): number | undefined {
  const value = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
  if (value !== undefined) return value === null || !Number.isFinite(value) ? undefined : value;
  const near = nearestMatch(metric, Object.keys(metrics));
  const hint = near === undefined ? `it has ${Object.keys(metrics).join(', ') || 'none'}` : `did you mean "${near}"?`;
  throw new MissingMetricError(
    `a stage waits for "${metric}" to stall, but the evaluation at step ${step} has no such metric; ${hint}`,
  );
}

function stallRule({ metric, better = 'higher', patience = 1, margin = 0 }: Stall, stageCount: number): StageRule {
  if (!Number.isSafeInteger(patience) || patience < 1 || !(margin >= 0)) {
    throw new ArgumentError(
      `a stall has a patience of 1 or more and a margin of 0 or more, not ${patience}, ${margin}`,
    );
  }
  const sign = better === 'higher' ? 1 : -1;
  const stageAt = ({ history }: Progress): number => {
    let [stage, waited, best] = [0, 0, -Infinity];
    for (const evaluation of history) {
      const value = metricOf(evaluation, metric);
      if (value !== undefined && sign * value > best + margin) [waited, best] = [0, sign * value];
      else if (++waited >= patience) [stage, waited] = [stage + 1, 0];
    }
    return Math.min(stage, stageCount - 1);
  };
  return {
    stageCount,
    stageAt,
    nextChange: (progress) => (stageAt(progress) < stageCount - 1 ? { evaluation: true } : {}),
    beginning: (stage) => `when ${metric} has stalled ${stage === 1 ? 'once' : `${stage} times`}`,
  };
}

/**
 * The rule of a trigger for a number of stages. After a stall the count of evaluations begins anew; the value to better
 * stays the best so far.
 *
 * @throws ArgumentError when there are not as many beginnings as stages, or a number has no meaning
 */
export function stageRule(trigger: StageTrigger, stageCount: number): StageRule {
  switch (trigger.kind) {
    case 'step':
    case 'epoch': {
      const { kind } = trigger;
      const starts =
        'at' in trigger ? trigger.at : Array.from({ length: stageCount - 1 }, (_, i) => (i + 1) * trigger.every);
      checkStarts(kind, starts, stageCount);
      return countedRule(kind, starts);
    }
    case 'stall':
      return stallRule(trigger, stageCount);
    default:
      return unreachable(trigger);
  }
}
