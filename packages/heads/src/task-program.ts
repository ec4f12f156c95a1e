// What a program asks of a task, whatever its kind.
import type { Parameters, Random } from '@sentence-mtl/core';
import type { Loss } from '@sentence-mtl/losses';
import type { TensorType, Value } from '@sentence-mtl/program';
import { applyHead, type HeadContext } from './apply-head.ts';
import { headParameterSpecs, initialHeadParameters, type HeadParameterSpec } from './head-parameters.ts';
import type { OutputValues } from './task-kind.ts';
import { kindOf, type Task } from './task-kinds.ts';
import type { Tasks } from './tasks.ts';
import type { EmbeddingSizes, TextValues } from './text-values.ts';

/** Path to shape and start of every parameter of a task, all below `heads.<name>.`; none for tasks without a head. */
export function taskParameterSpecs(
  name: string,
  task: Task,
  sizes: EmbeddingSizes,
): ReadonlyMap<string, HeadParameterSpec> {
  const head = kindOf(task).head(task, sizes);
  return head === undefined ? new Map() : headParameterSpecs(name, head);
}

/**
 * Fresh parameters of the heads of all tasks. Each has a random stream of its own, named by its path, so that a task
 * starts the same whatever others there are.
 */
export function initialTaskParameters(tasks: Tasks, sizes: EmbeddingSizes, random: Random): Parameters {
  const parameters = Object.entries(tasks).flatMap(([name, task]) => {
    const head = kindOf(task).head(task, sizes);
    return head === undefined ? [] : [...initialHeadParameters(name, head, random)];
  });
  return new Map(parameters);
}

/**
 * The outputs of a task: (B, L) logits, (B, V) numbers, (B) similarities, or for tasks of kind `embedding` the
 * embeddings of all texts of a row.
 *
 * @param texts as many as `textCount(task)`
 */
export function taskOutputs(
  name: string,
  task: Task,
  texts: readonly TextValues[],
  context: HeadContext,
): OutputValues {
  const kind = kindOf(task);
  return kind.outputs(task, texts, (config, features) => applyHead(name, config, features, context));
}

/** How many texts a row of the task has. */
export const textCount = (task: Task): number => kindOf(task).textCount(task);

/** The tensor of a task's labels; its first axis is `batch`. `encodeLabels` makes it. */
export const labelType = (task: Task): TensorType<'int32' | 'float32'> => kindOf(task).labelType(task);

/** The loss of a task's outputs for its labels. */
export const taskLoss = (task: Task, outputs: OutputValues, labels: Value): Loss =>
  kindOf(task).loss(task, outputs, labels);
