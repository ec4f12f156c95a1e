// A strategy says what happens to each parameter of a model in each stage of a run. Stages are numbers that follow from
// progress alone, so that the set of trained parameters of every stage is known before training starts, and a resumed
// run finds itself in the stage in which it was left.
import type { ModelParts } from './model-parts.ts';
import type { Effect } from './parameter-label.ts';
import type { StageRule } from './stage-rule.ts';

/** What a strategy does to one model. */
export interface StrategyPlan {
  /** What moves it from stage to stage; empty where its effects never change. */
  readonly rules: readonly StageRule[];
  /** The effect on a parameter; `stages` has one number for each rule. Pure. */
  readonly effect: (path: string, stages: readonly number[]) => Effect;
}

export interface FreezeStrategy {
  /** What stands in tables, errors and checkpoints, with all its settings: `freezeLayersBelow(4)`. */
  readonly name: string;
  /** Looks at the model, before training. @throws UnknownPartError when the model has not what the strategy names */
  readonly plan: (model: ModelParts) => StrategyPlan;
}

/** A strategy that stays the same all along: effects by path. */
export function constantStrategy(
  name: string,
  effectsOf: (model: ModelParts) => (path: string) => Effect,
): FreezeStrategy {
  return {
    name,
    plan: (model) => {
      const effect = effectsOf(model);
      return { rules: [], effect: (path) => effect(path) };
    },
  };
}
