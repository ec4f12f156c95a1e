import { FROZEN, type ParameterLabels } from '@sentence-mtl/freeze-strategies';
import {
  adamw,
  chain,
  clipByGlobalNorm,
  FROZEN as UNTRAINED,
  Optimizer,
  partition,
  type ParameterStep,
  type Schedule,
} from '@sentence-mtl/optim';
import { WORD_TABLE } from '../program/training-program.ts';
import type { TrainingSettings } from '../settings.ts';
import type { TrainingModel } from '../training-model.ts';
import type { LearningRates } from './learning-rates.ts';

export interface OptimizerPlan {
  /** Whether a parameter trains in some stage of the run: the others cost no memory. */
  readonly everTrains: (path: string) => boolean;
  /** The labels of the stage that the run is in. */
  readonly labels: () => ParameterLabels;
  readonly rates: LearningRates;
  readonly schedule: Schedule;
}

/** AdamW with clipping, with the rate and the decay that the current stage gives each parameter. */
export function createOptimizer(
  { parameters }: TrainingModel,
  { everTrains, labels, rates, schedule }: OptimizerPlan,
  settings: TrainingSettings,
): Optimizer {
  const labelled = (path: string): { readonly rate: number; readonly decay: number } => {
    const label = labels().get(path);
    return label === undefined || label === FROZEN ? { rate: 0, decay: 0 } : label;
  };
  const update = adamw({
    learningRate: ({ path, step }: ParameterStep) => rates(path) * labelled(path).rate * schedule(step),
    weightDecay: ({ path }: ParameterStep) => settings.weightDecay * labelled(path).decay,
    decays: () => true,
    beta1: settings.beta1,
    beta2: settings.beta2,
    epsilon: settings.epsilon,
  });
  const parts = partition((path) => (everTrains(path) ? 'trained' : UNTRAINED), { trained: update });
  const transformation = settings.clipNorm === null ? parts : chain(clipByGlobalNorm(settings.clipNorm), parts);
  return new Optimizer(transformation, parameters, { rowTables: [WORD_TABLE].filter(everTrains) });
}
