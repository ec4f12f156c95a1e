import { NothingTrainsError } from './freeze-error.ts';
import { allStages, trainedPaths, type FreezePlan } from './freeze-plan.ts';

/**
 * Whether there is something to train, from the first step on and whenever a stage begins.
 * @throws NothingTrainsError when there is nothing: never, not at the start, or no more in a later stage
 */
export function checkTrains(plan: FreezePlan): void {
  const stages = allStages(plan).map((stage) => ({ stage, trains: trainedPaths(plan.labels(stage)).length > 0 }));
  const { strategy, parts, rules } = plan;
  if (!stages.some(({ trains }) => trains)) {
    throw new NothingTrainsError(
      `${strategy} freezes all ${parts.paths.length} parameters of the model for good: there is nothing to train`,
    );
  }
  if (stages[0]?.trains !== true) {
    throw new NothingTrainsError(
      `${strategy} freezes all parameters at the start, so that the steps before the first thaw would change nothing; ` +
        'let something train from the first step on, such as a head',
    );
  }
  rules.forEach(({ stageCount, beginning }, rule) => {
    for (let number = 1; number < stageCount; number++) {
      if (stages.some(({ stage, trains }) => stage[rule] === number && trains)) continue;
      throw new NothingTrainsError(
        `${strategy} leaves nothing to train ${beginning(number)}; end the run there instead`,
      );
    }
  });
}
