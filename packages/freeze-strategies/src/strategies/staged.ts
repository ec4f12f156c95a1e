import { ArgumentError } from '@sentence-mtl/core';
import type { FreezeStrategy } from '../freeze-strategy.ts';
import { plansSideBySide } from '../plans-side-by-side.ts';
import { stageRule } from '../stage-rule.ts';
import { describeTrigger, type StageTrigger } from '../stage-trigger.ts';

/**
 * One strategy after the other: the trigger says when the next begins.
 * @throws ArgumentError when no strategy is given, or, from `plan`, when the trigger does not fit their number
 */
export function staged(strategies: readonly FreezeStrategy[], trigger: StageTrigger): FreezeStrategy {
  if (strategies.length === 0) throw new ArgumentError('staged() has no strategy');
  return {
    name: `staged(${strategies.map(({ name }) => name).join(', then ')}; ${describeTrigger(trigger)})`,
    plan: (model) => {
      const rule = stageRule(trigger, strategies.length);
      const { rules, effectOf } = plansSideBySide(strategies.map((strategy) => strategy.plan(model)));
      // Its own stage comes first, then those of its strategies.
      return {
        rules: [rule, ...rules],
        effect: (path, [stage = 0, ...stages]) => effectOf(stage, path, stages),
      };
    },
  };
}
