import { countParameters } from '@sentence-mtl/core';
import type { Task } from '@sentence-mtl/heads';
import type { TrainingSettings } from '../settings.ts';
import type { TrainingModel } from '../training-model.ts';

/** Encoders below this many parameters are trained faster. */
const LARGE = 40e6;
/**
 * Of linear heads on embeddings of length 1, whose weights have a long way to go: farther where labels are to be told apart
 * than where numbers of deviation 1 are to be met. And of all others. Measured in docs/decisions/0009-epochs-by-steps.md.
 */
const HEAD_RATES = { labels: 3e-2, numbers: 1e-2, others: 1e-3 } as const;

/** The learning rate of a parameter before schedule and freezing, by its path. */
export type LearningRates = (path: string) => number;

/**
 * Whether a head's outputs are bounded by an input of length 1: then its weights have a long way to go, and it is
 * trained faster.
 */
function readsUnitLength(task: Task): boolean {
  if (!('head' in task)) return false;
  const { input, logitScale, hiddenSizes } = task.head;
  return input === 'normalized' && logitScale === null && hiddenSizes.length === 0;
}

function headRate(task: Task | undefined): number {
  if (task === undefined || !readsUnitLength(task)) return HEAD_RATES.others;
  return task.kind === 'regression' ? HEAD_RATES.numbers : HEAD_RATES.labels;
}

/** The rates of encoder and heads, by the settings or by what the model is. */
export function learningRates(
  { parameters, tasks }: TrainingModel,
  { learningRate, headLearningRate }: Pick<TrainingSettings, 'learningRate' | 'headLearningRate'>,
): LearningRates {
  const encoder = learningRate ?? (countParameters(parameters) < LARGE ? 5e-5 : 2e-5);
  return (path) => {
    const [part, task = ''] = path.split('.');
    return part === 'heads' ? (headLearningRate ?? headRate(tasks[task])) : encoder;
  };
}
