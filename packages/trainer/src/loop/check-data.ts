import type { Tasks } from '@sentence-mtl/heads';
import { TrainingDataError } from '../errors.ts';
import type { PreparedExamples } from '../batch/prepared-examples.ts';

/** @throws TrainingDataError where there is nothing to train or evaluate a task on */
export function checkTrainingData(
  tasks: Tasks,
  training: PreparedExamples,
  validation: PreparedExamples | undefined,
): void {
  if (training.examples.length === 0) throw new TrainingDataError('the training data has no rows');
  if (validation?.examples.length === 0) {
    throw new TrainingDataError('the validation data has no rows; leave it out to train without evaluating');
  }
  for (const name of Object.keys(tasks)) {
    if (training.tasks.get(name)?.present.includes(1) === true) continue;
    throw new TrainingDataError(
      `no training row has a label of task "${name}"; give it labels, or leave the task out of the model`,
    );
  }
}
