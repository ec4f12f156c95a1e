import type { FreezeStrategy } from '../freeze-strategy.ts';
import { bothEffects, NO_EFFECT } from '../parameter-label.ts';
import { plansSideBySide } from '../plans-side-by-side.ts';

/**
 * Strategies at once. A parameter that one of them freezes is frozen, whatever the others say; factors on rates and
 * decays multiply. So their order changes nothing, and a strategy that is to train an exception has to leave it out of
 * what it freezes (`trainPattern`).
 */
export function compose(...strategies: readonly FreezeStrategy[]): FreezeStrategy {
  return {
    name: strategies.map(({ name }) => name).join(' + ') || 'compose()',
    plan: (model) => {
      const { rules, effectOf } = plansSideBySide(strategies.map((strategy) => strategy.plan(model)));
      return {
        rules,
        effect: (path, stages) => {
          return strategies.reduce((effect, _, i) => bothEffects(effect, effectOf(i, path, stages)), NO_EFFECT);
        },
      };
    },
  };
}
