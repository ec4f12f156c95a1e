import { join } from 'node:path';
import type { Parameters } from '@sentence-mtl/core';
import {
  checkTaskNames,
  defineTasks,
  headPrefix,
  parseTask,
  taskParameterSpecs,
  type Tasks,
} from '@sentence-mtl/heads';
import { headFolder, readHeadConfig, readTaskManifest, restoreFolder, TASK_MANIFEST } from '@sentence-mtl/model-files';
import { ModelError } from '../errors.ts';
import { readParameters } from '../read-parameters.ts';
import { readSentenceModel, readSentenceModelConfig, type ReadOptions } from '../read-sentence-model.ts';
import type { SentenceModelConfig } from '../sentence-model.ts';
import { expectedTasks } from './expected-tasks.ts';
import { checkFinite } from './head-weights.ts';
import { embeddingSizes, type TaskModel } from './task-model.ts';

export interface ReadTaskOptions<T extends Tasks = Tasks> extends ReadOptions {
  /** Tasks that the model must have, with these kinds and labels; others are left on disk. Default: all there are. */
  readonly tasks?: T | undefined;
  /** Load heads even where a weight is NaN or infinite. */
  readonly allowNotFinite?: boolean | undefined;
}

/** All that is known of a saved model but its parameters. */
export type TaskModelConfig<T extends Tasks = Tasks> = Omit<TaskModel<T>, 'parameters'>;

/** The tasks that a folder lists, each with its config. */
async function readTasks(folder: string): Promise<Pick<TaskModel, 'tasks' | 'provenance'>> {
  await restoreFolder(folder);
  const manifest = await readTaskManifest(folder);
  if (manifest === undefined) {
    throw new ModelError(
      `${folder} has no ${TASK_MANIFEST}: it is a sentence encoder without tasks, or its saving was cut off; SentenceEncoder loads it`,
    );
  }
  const { tasks: names, provenance } = manifest;
  checkTaskNames(names);
  const configs = await Promise.all(
    names.map(async (name) => {
      const source = join(headFolder(folder, name), 'config.json');
      return [name, parseTask(await readHeadConfig(folder, name), source)] as const;
    }),
  );
  return { tasks: defineTasks(Object.fromEntries(configs)), provenance };
}

async function readHead(
  folder: string,
  name: string,
  tasks: Tasks,
  config: SentenceModelConfig,
  { allocate, allowNotFinite = false }: ReadTaskOptions,
): Promise<Parameters> {
  const task = tasks[name];
  const specs = task === undefined ? new Map() : taskParameterSpecs(name, task, embeddingSizes(config));
  if (specs.size === 0) return new Map();
  const shapes = new Map([...specs].map(([path, { shape }]) => [path, shape] as const));
  const place = { folder: headFolder(folder, name), pathOf: (tensor: string) => headPrefix(name) + tensor };
  const parameters = await readParameters([place], shapes, allocate);
  if (!allowNotFinite) checkFinite(parameters, place.folder);
  return parameters;
}

/**
 * All that a folder says of a multi-task model but its parameters, which stay on disk.
 *
 * @throws as `readTaskModel` does
 */
export async function readTaskModelConfig(folder: string): Promise<TaskModelConfig> {
  const { config, notices } = await readSentenceModelConfig(folder);
  return { config, notices, ...(await readTasks(folder)) };
}

/**
 * Reads a multi-task model. Everything is checked before it is returned: there is no model with half its heads.
 *
 * @throws as `readSentenceModel` does, and
 * @throws ModelFileError where a file is missing or broken, or of a newer format, saying which version reads it
 * @throws TaskConfigError where a task's config is wrong
 * @throws ModelError where weights have the wrong shape, are missing or not finite, or expected tasks are not there
 */
export async function readTaskModel<T extends Tasks = Tasks>(
  folder: string,
  options: ReadTaskOptions<T> = {},
): Promise<TaskModel<T>> {
  const { tasks: saved, provenance } = await readTasks(folder);
  const tasks = options.tasks === undefined ? (saved as T) : expectedTasks(saved, options.tasks, folder);
  const encoder = await readSentenceModel(folder, options);
  const parameters = new Map(encoder.parameters);
  for (const name of Object.keys(tasks)) {
    const head = await readHead(folder, name, tasks, encoder.config, options);
    for (const [path, tensor] of head) parameters.set(path, tensor);
  }
  return { ...encoder, parameters, tasks, provenance };
}
