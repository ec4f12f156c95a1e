import { ArgumentError } from '@sentence-mtl/core';
import type { BalancingMethod, BalancingState, ByTask, LabelledStep } from './balancing-method.ts';
import { isLabelled, lossOf, stateOf, valueOf, whereLabelled } from './labelled-tasks.ts';
import { checkScalarOptimizer, updateScalar, type ScalarMoments, type ScalarOptimizer } from './scalar-update.ts';

export interface UncertaintyWeightingOptions {
  /** How the log variances are learned: Adam at 0.01 unless given. They do not follow the run's schedule. */
  readonly optimizer?: ScalarOptimizer;
  /** The log variances at the start: 0 unless given, which is the weight 0.5. */
  readonly initial?: number;
}

/** What is remembered of a task: its learned log variance s, and what its optimizer keeps. */
interface TaskVariance extends ScalarMoments, Readonly<Record<string, number>> {
  readonly logVariance: number;
}

function varianceOf(state: BalancingState, task: string): TaskVariance {
  const { logVariance = NaN, steps = NaN, firstMoment = NaN, secondMoment = NaN } = valueOf(state, task) ?? {};
  return { logVariance, steps, firstMoment, secondMoment };
}

const weightOf = (state: BalancingState, task: string): number => 0.5 * Math.exp(-varianceOf(state, task).logVariance);

function weightsAhead(step: LabelledStep, state: BalancingState): ByTask<number> {
  return whereLabelled(step, state, (task) => weightOf(state, task));
}

/**
 * Weights of 1 / (2 σ²) with a learned variance σ² for each task: the total is `Σ ½ e⁻ˢ L + ½ s` with `s = log σ²`, and
 * each step takes s down its gradient `½ - ½ e⁻ˢ L`. A task without a label gives its s no gradient: it keeps it, and
 * the moments and step count of its optimizer. Kendall, Gal and Cipolla, "Multi-task learning using uncertainty to
 * weigh losses for scene geometry and semantics" (2018).
 *
 * @throws ArgumentError when the start or the learning rate is not finite, or the rate not above 0
 */
export function uncertaintyWeighting(options: UncertaintyWeightingOptions = {}): BalancingMethod {
  const { optimizer = { kind: 'adam', learningRate: 0.01 }, initial = 0 } = options;
  checkScalarOptimizer(optimizer);
  if (!Number.isFinite(initial)) throw new ArgumentError(`log variances cannot start at ${initial}`);
  return {
    name: `uncertaintyWeighting(${optimizer.kind} ${optimizer.learningRate}, from ${initial})`,
    init: (tasks) => stateOf(tasks, () => ({ logVariance: initial, steps: 0, firstMoment: 0, secondMoment: 0 })),
    weightsAhead,
    weigh: (step, state) => {
      let total = 0;
      const next = Object.keys(state).map((task) => {
        const variance = varianceOf(state, task);
        if (!isLabelled(step, task)) return [task, variance] as const;
        const weighted = weightOf(state, task) * lossOf(step, task);
        total += weighted + 0.5 * variance.logVariance;
        const { logVariance, ...moments } = variance;
        const [updated, kept] = updateScalar(logVariance, 0.5 - weighted, moments, optimizer);
        return [task, { logVariance: updated, ...kept }] as const;
      });
      return { weights: weightsAhead(step, state), total, state: Object.fromEntries(next) };
    },
  };
}
