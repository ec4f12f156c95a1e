import {
  allStages,
  describeFreezing,
  trainedPaths,
  type FreezePlan,
  type FreezingTable,
  type ParameterLabels,
} from '@sentence-mtl/freeze-strategies';
import { schedule, type Optimizer, type Schedule } from '@sentence-mtl/optim';
import type { TrainingSettings } from '../settings.ts';
import { createOptimizer } from '../step/create-optimizer.ts';
import { learningRates } from '../step/learning-rates.ts';
import type { TrainingModel } from '../training-model.ts';

/** How parameters change in a run: which, at what rates, and what changes them. */
export interface PlannedUpdates {
  /** Has the parameters that are trained: copies of those given. */
  readonly optimizer: Optimizer;
  /** The factor on all rates, by the steps done. */
  readonly schedule: Schedule;
  /** The labels of the stage that the run is in, by which the optimizer goes. */
  readonly stageLabels: { current: ParameterLabels };
  /** The paths that train in some stage. */
  readonly everTrained: ReadonlySet<string>;
  /** What trains, at which rate, in each stage. */
  readonly freezingTable: FreezingTable;
}

export function planUpdates(
  model: TrainingModel,
  settings: TrainingSettings,
  freezing: FreezePlan,
  steps: number,
): PlannedUpdates {
  const stages = allStages(freezing);
  const everTrained = new Set(stages.flatMap((stage) => trainedPaths(freezing.labels(stage))));
  const stageLabels = { current: freezing.labels(stages[0] ?? []) };
  const factor = schedule(settings.schedule, steps);
  const rates = learningRates(model, settings);
  const plan = {
    everTrains: (path: string) => everTrained.has(path),
    labels: () => stageLabels.current,
    rates,
    schedule: factor,
  };
  return {
    optimizer: createOptimizer(model, plan, settings),
    schedule: factor,
    stageLabels,
    everTrained,
    freezingTable: describeFreezing(freezing, { learningRate: rates, weightDecay: settings.weightDecay }),
  };
}
