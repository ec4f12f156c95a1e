// The inputs of a program that are of a task. The texts of a batch are encoded once, whatever task reads them; a task
// gathers the texts of its own rows, so that tasks with one text a row and with two go together.
import { labelType, lossScope, textCount, type Task, type TextValues, type Tasks } from '@sentence-mtl/heads';
import { float32, gather, int32, type InputTypes, type TensorType, type Value } from '@sentence-mtl/program';
import { valueOf } from './text-program.ts';

/** The input that says which text of the batch is the first, second, … of each row of a task. */
export const rowsInput = (task: string, text: number): string => `rows.${task}.${text}`;
/** The input with the labels of a task's rows. */
export const labelsInput = (task: string): string => `labels.${task}`;
/** The input with what the labelled rows of the whole step count together, for a task whose loss is a sum of rows. */
export const totalInput = (task: string): string => `total.${task}`;
/** The input with the weight of each task's loss, in the order of the tasks. */
export const LOSS_WEIGHTS = 'lossWeights';
/** The input that dropout is keyed by. */
export const DROPOUT_KEY = 'dropoutKey';

/** The rows of a task are an axis of their own: tasks have different numbers of rows in one batch. */
const rowsAxis = (index: number): string => `rows${index}`;

/** The inputs that say which texts are the rows of each task. */
export function rowInputs(tasks: Tasks): InputTypes {
  const entries = Object.entries(tasks).flatMap(([name, task], index) =>
    Array.from({ length: textCount(task) }, (_, text) => [rowsInput(name, text), int32(rowsAxis(index))] as const),
  );
  return Object.fromEntries(entries);
}

function labelsOfRows(task: Task, index: number): TensorType {
  const { dtype, shape } = labelType(task);
  return { dtype, shape: [rowsAxis(index), ...shape.slice(1)] };
}

/** The labels of each task's rows. */
export function labelTypes(tasks: Tasks): InputTypes {
  return Object.fromEntries(Object.entries(tasks).map(([name, task], i) => [labelsInput(name), labelsOfRows(task, i)]));
}

/** Whether the loss of a task is a sum of rows, which a step's micro-batches add up to; see `lossValue`. */
export const sumsRows = (task: Task): boolean => lossScope(task) === 'rows';

/** The labels of each task's rows, and the totals and weights of the losses. */
export function lossInputs(tasks: Tasks): InputTypes {
  const names = Object.keys(tasks);
  const summed = Object.entries(tasks).flatMap(([name, task]) => (sumsRows(task) ? [name] : []));
  return {
    ...labelTypes(tasks),
    ...Object.fromEntries(summed.map((name) => [totalInput(name), float32()])),
    [LOSS_WEIGHTS]: float32(names.length),
  };
}

/** The texts of a task's rows, each (rows, …), out of those of the batch. */
export function rowsOf(
  name: string,
  task: Task,
  texts: TextValues,
  inputs: Readonly<Record<string, Value>>,
): readonly TextValues[] {
  return Array.from({ length: textCount(task) }, (_, text): TextValues => {
    const rows = valueOf(inputs, rowsInput(name, text));
    const { embedding, normalized, tokens } = texts;
    return {
      embedding: gather(embedding, rows),
      normalized: gather(normalized, rows),
      ...(tokens !== undefined && {
        tokens: { embeddings: gather(tokens.embeddings, rows), attentionMask: gather(tokens.attentionMask, rows) },
      }),
    };
  });
}
