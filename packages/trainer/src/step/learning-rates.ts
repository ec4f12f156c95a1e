import { countParameters } from '@sentence-mtl/core';
import type { Task } from '@sentence-mtl/heads';
import type { TrainingSettings } from '../settings.ts';
import type { TrainingModel } from '../training-model.ts';

/** Encoders below this many parameters are trained faster. */
const LARGE = 40e6;

/** The learning rate of a parameter before schedule and freezing, by its path. */
export type LearningRates = (path: string) => number;

/**
 * Whether a head's outputs are bounded by an input of length 1: then its weights have a long way to go, and it is
 * trained faster.
 */
function readsUnitLength(task: Task | undefined): boolean {
  if (task === undefined || !('head' in task)) return false;
  const { input, logitScale, hiddenSizes } = task.head;
  return input === 'normalized' && logitScale === null && hiddenSizes.length === 0;
}

/** The rates of encoder and heads, by the settings or by what the model is. */
export function learningRates(
  { parameters, tasks }: TrainingModel,
  { learningRate, headLearningRate }: Pick<TrainingSettings, 'learningRate' | 'headLearningRate'>,
): LearningRates {
  const encoder = learningRate ?? (countParameters(parameters) < LARGE ? 5e-5 : 2e-5);
  const heads = new Map(Object.entries(tasks).map(([name, task]) => [name, readsUnitLength(task) ? 1e-2 : 1e-3]));
  return (path) => {
    const [part, task = ''] = path.split('.');
    return part === 'heads' ? (headLearningRate ?? heads.get(task) ?? 1e-3) : encoder;
  };
}
