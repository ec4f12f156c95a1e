import { taskLoss, taskOutputs } from '@sentence-mtl/heads';
import {
  defineProgram,
  sum,
  type InputTypes,
  type Program,
  type ProgramOutputs,
  type Value,
} from '@sentence-mtl/program';
import type { TrainingModel } from '../training-model.ts';
import type { ProgramStart } from './program-start.ts';
import { labelsInput, labelTypes, rowInputs, rowsOf } from './task-inputs.ts';
import { encodeTexts, textInputs, valueOf } from './text-program.ts';
import { parameterTypes } from './training-program.ts';

/** The output that holds the outputs of a task, the first, second, …. */
export const predictionOutput = (task: string, index: number): string => `outputs.${task}.${index}`;
/** The sum of a task's losses over the rows of a batch, or the loss of the batch. */
export const lossSumOutput = (task: string): string => `lossSum.${task}`;
/** What the rows of `lossSum` count together; a loss of the batch counts 1. */
export const countOutput = (task: string): string => `count.${task}`;

/** The outputs of all tasks for labelled texts, and their losses: what an evaluation runs. */
export function predictionProgram({ config, tasks, parameters }: TrainingModel, start: ProgramStart): Program {
  const declared: InputTypes = {
    ...textInputs(config, start),
    ...rowInputs(tasks),
    ...labelTypes(tasks),
    ...parameterTypes(parameters),
  };
  return defineProgram(declared, (inputs): ProgramOutputs => {
    const context = { parameters: (path: string): Value => valueOf(inputs, path) };
    const texts = encodeTexts(config, start, inputs, context);
    const entries = Object.entries(tasks).flatMap(([name, task]): (readonly [string, Value])[] => {
      const predicted = taskOutputs(name, task, rowsOf(name, task, texts, inputs), context);
      const loss = taskLoss(task, predicted, valueOf(inputs, labelsInput(name)));
      return [
        ...predicted.map((value, index) => [predictionOutput(name, index), value] as const),
        [lossSumOutput(name), loss.scope === 'rows' ? sum(loss.values) : loss.value],
        ...(loss.scope === 'rows' ? [[countOutput(name), sum(loss.weights)] as const] : []),
      ];
    });
    return Object.fromEntries(entries);
  });
}
