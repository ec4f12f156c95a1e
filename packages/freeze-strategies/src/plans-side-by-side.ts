import type { StrategyPlan } from './freeze-strategy.ts';
import { NO_EFFECT, type Effect } from './parameter-label.ts';
import type { StageRule } from './stage-rule.ts';

/** Plans whose rules, and so whose stages, stand one after the other. */
export interface PlansSideBySide {
  readonly rules: readonly StageRule[];
  /** The effect of one of the plans, which reads its own stages only. */
  readonly effectOf: (plan: number, path: string, stages: readonly number[]) => Effect;
}

export function plansSideBySide(plans: readonly StrategyPlan[]): PlansSideBySide {
  const starts = plans.map((_, i) => plans.slice(0, i).reduce((sum, { rules }) => sum + rules.length, 0));
  return {
    rules: plans.flatMap(({ rules }) => rules),
    effectOf: (index, path, stages) => {
      const [plan, start = 0] = [plans[index], starts[index]];
      return plan?.effect(path, stages.slice(start, start + plan.rules.length)) ?? NO_EFFECT;
    },
  };
}
