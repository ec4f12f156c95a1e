// A multi-task model as plain data: a sentence encoder, tasks, and the parameters of both by path. What is done to it
// (a head added, removed, renamed) gives a new one; the parameters themselves are shared.
import { ArgumentError, describeValue, nearestMatch, Random, type Parameters } from '@sentence-mtl/core';
import {
  checkTaskNames,
  defineTasks,
  headPrefix,
  initialTaskParameters,
  taskParameterSpecs,
  type EmbeddingSizes,
  type Task,
  type Tasks,
} from '@sentence-mtl/heads';
import { checkedParameters } from '../parameter-at.ts';
import { embeddingDimension, type SentenceModel, type SentenceModelConfig } from '../sentence-model.ts';

/** What is told of how a model came about: hashes of data and config, a seed. It must be JSON. */
export type Provenance = Readonly<Record<string, unknown>>;

/** A sentence encoder with tasks. The parameters of a task are named `heads.<task>.…`. */
export interface TaskModel<T extends Tasks = Tasks> extends SentenceModel {
  readonly tasks: T;
  readonly provenance: Provenance;
}

/** The sizes that the heads of a model are built for. */
export function embeddingSizes(config: SentenceModelConfig): EmbeddingSizes {
  return { embedding: embeddingDimension(config), tokens: config.encoder.hiddenSize };
}

/**
 * A model whose heads are fresh.
 *
 * @param seed of the heads' parameters
 * @throws TaskConfigError where a task or its name is wrong
 */
export function createTaskModel<const T extends Tasks>(encoder: SentenceModel, tasks: T, seed: number): TaskModel<T> {
  const checked = defineTasks(tasks);
  const fresh = initialTaskParameters(checked, embeddingSizes(encoder.config), Random.of(seed).split('heads'));
  const parameters = new Map([...encoder.parameters, ...fresh]);
  return { ...encoder, tasks: checked, parameters, provenance: {} };
}

/** @throws ArgumentError where the model has no task of that name */
export function checkHasTask(tasks: Tasks, name: string): void {
  if (Object.hasOwn(tasks, name)) return;
  const names = Object.keys(tasks);
  const nearest = nearestMatch(String(name), names);
  const others = names.length === 0 ? 'it has none' : `its tasks are ${names.join(', ')}`;
  const hint = nearest === undefined ? others : `did you mean "${nearest}"?`;
  throw new ArgumentError(`the model has no task ${describeValue(name)}; ${hint}`);
}

/** Another name for a task's parameters. */
function renamedParameters(parameters: Parameters, from: string, to: string): Parameters {
  const [before, after] = [headPrefix(from), headPrefix(to)];
  return new Map(
    [...parameters].map(([path, tensor]) => [
      path.startsWith(before) ? after + path.slice(before.length) : path,
      tensor,
    ]),
  );
}

/**
 * The parameters that a task begins with.
 *
 * @param start given ones at `heads.<name>.…`, or a seed
 * @throws ArgumentError where one is missing or of another shape
 */
export function startOfTask(
  config: SentenceModelConfig,
  name: string,
  task: Task,
  start: Parameters | number,
): Parameters {
  const sizes = embeddingSizes(config);
  const fresh = (seed: number): Parameters =>
    initialTaskParameters({ [name]: task }, sizes, Random.of(seed).split('heads'));
  const given = typeof start === 'number' ? fresh(start) : start;
  return checkedParameters(taskParameterSpecs(name, task, sizes), given);
}

/**
 * The model with one task more.
 *
 * @param start the parameters of its head at `heads.<name>.…`, or a seed to begin from
 * @throws TaskConfigError where the name is taken or may not be used
 * @throws ArgumentError where parameters are missing or of another shape
 */
export function addTask(model: TaskModel, name: string, task: Task, start: Parameters | number): TaskModel {
  checkTaskNames([...Object.keys(model.tasks), name]);
  const tasks = defineTasks({ [name]: task });
  const parameters = startOfTask(model.config, name, task, start);
  return { ...model, tasks: { ...model.tasks, ...tasks }, parameters: new Map([...model.parameters, ...parameters]) };
}

/**
 * The model without one of its tasks.
 *
 * @throws ArgumentError where it has none of that name
 * @throws TaskConfigError where it is the last
 */
export function removeTask(model: TaskModel, name: string): TaskModel {
  checkHasTask(model.tasks, name);
  const { [name]: _, ...tasks } = model.tasks;
  checkTaskNames(Object.keys(tasks));
  const parameters = new Map([...model.parameters].filter(([path]) => !path.startsWith(headPrefix(name))));
  return { ...model, tasks, parameters };
}

/**
 * The model with a task under another name, in the same place.
 *
 * @throws ArgumentError where it has none of that name
 * @throws TaskConfigError where the new name is taken or may not be used
 */
export function renameTask(model: TaskModel, from: string, to: string): TaskModel {
  checkHasTask(model.tasks, from);
  const tasks = Object.entries(model.tasks).map(([name, task]) => [name === from ? to : name, task] as const);
  checkTaskNames(tasks.map(([name]) => name));
  return { ...model, tasks: Object.fromEntries(tasks), parameters: renamedParameters(model.parameters, from, to) };
}
