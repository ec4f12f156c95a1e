// The program of a training step: texts and labels to the loss of each task, their weighted sum, and its gradient for
// each parameter that trains. What is frozen has no gradient in it, and so no backward pass.
import type { Parameters } from '@sentence-mtl/core';
import type { EncoderConfig } from '@sentence-mtl/encoder';
import { taskLoss, taskOutputs } from '@sentence-mtl/heads';
import { lossValue } from '@sentence-mtl/losses';
import {
  add,
  defineProgram,
  float32,
  gradient,
  int32,
  mul,
  reshape,
  slice,
  type InputTypes,
  type Program,
  type ProgramOutputs,
  type Value,
} from '@sentence-mtl/program';
import type { TrainingModel } from '../training-model.ts';
import type { ProgramStart } from './program-start.ts';
import { DROPOUT_KEY, labelsInput, LOSS_WEIGHTS, lossInputs, rowInputs, rowsOf, totalInput } from './task-inputs.ts';
import { encodeTexts, textInputs, valueOf, type EncodedTexts, type TextContext } from './text-program.ts';

/** The table whose gradient is taken at the rows that were looked up, and added up outside of the program. */
export const WORD_TABLE = 'encoder.embeddings.word.weight';

/** The output that holds the gradient of a parameter; for the word table, that of the rows looked up, (B·T, E). */
export const gradientOutput = (path: string): string => `gradient.${path}`;
/** The output with the loss of a task, its share of the step's. */
export const lossOutput = (task: string): string => `loss.${task}`;

export interface TrainingProgramOptions {
  readonly start: ProgramStart;
  /** The paths of the parameters that train. */
  readonly trained: readonly string[];
  /** Whether anything is dropped; then the program has the input `dropoutKey`. */
  readonly drops: boolean;
}

/** The parameters as inputs, named by their paths. */
export function parameterTypes(parameters: Parameters): InputTypes {
  return Object.fromEntries([...parameters].map(([path, { shape }]) => [path, float32(...shape)]));
}

/** Whether an encoder drops anywhere in training. */
export function encoderDrops({ dropout }: EncoderConfig): boolean {
  return Object.values(dropout).some((rate) => rate > 0);
}

type Inputs = Readonly<Record<string, Value>>;

/** Each task's loss, and `loss`, their sum weighted by the input `lossWeights`. */
function losses(
  { tasks }: TrainingModel,
  texts: EncodedTexts,
  inputs: Inputs,
  context: TextContext,
): Record<string, Value> & { loss: Value } {
  const outputs: Record<string, Value> = {};
  const weighted = Object.entries(tasks).map(([name, task], index) => {
    const predicted = taskOutputs(name, task, rowsOf(name, task, texts, inputs), context);
    const loss = lossValue(taskLoss(task, predicted, valueOf(inputs, labelsInput(name))), inputs[totalInput(name)]);
    outputs[lossOutput(name)] = loss;
    return mul(loss, reshape(slice(valueOf(inputs, LOSS_WEIGHTS), 0, index, index + 1), []));
  });
  return { ...outputs, loss: weighted.reduce((total, loss) => add(total, loss)) };
}

function gradients(
  loss: Value,
  trained: readonly string[],
  wordRows: Value | undefined,
  parameters: (path: string) => Value,
): ProgramOutputs {
  const values = trained.map((path) => (path === WORD_TABLE && wordRows !== undefined ? wordRows : parameters(path)));
  const found = gradient(loss, values);
  return Object.fromEntries(trained.map((path, index) => [gradientOutput(path), found[index] ?? loss]));
}

/** Inputs: texts from `start` on, rows, labels, totals and weights of the losses, and all parameters. */
export function trainingProgram(model: TrainingModel, options: TrainingProgramOptions): Program {
  const { start, trained, drops } = options;
  const { config, tasks, parameters } = model;
  const declared: InputTypes = {
    ...textInputs(config, start),
    ...rowInputs(tasks),
    ...lossInputs(tasks),
    ...(drops && { [DROPOUT_KEY]: int32(2) }),
    ...parameterTypes(parameters),
  };
  return defineProgram(declared, (inputs): ProgramOutputs => {
    const at = (path: string): Value => valueOf(inputs, path);
    const context = { parameters: at, dropoutKey: inputs[DROPOUT_KEY] };
    const texts = encodeTexts(config, start, inputs, context);
    const outputs = losses(model, texts, inputs, context);
    return { ...outputs, ...gradients(outputs.loss, trained, texts.wordRows, at) };
  });
}
