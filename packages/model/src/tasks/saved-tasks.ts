// Heads of a saved model are changed in its folder, and nothing else: new files first, then the list of tasks, then what
// is no longer listed goes. Wherever that is cut off, the folder is the model before or after.
import type { Parameters } from '@sentence-mtl/core';
import { checkTaskNames, defineTasks, type Task } from '@sentence-mtl/heads';
import { copyHead, removeHead, writeHead, writeTaskManifest } from '@sentence-mtl/model-files';
import { headWeights } from './head-weights.ts';
import { readTaskModelConfig } from './read-task-model.ts';
import { checkHasTask, startOfTask } from './task-model.ts';

/**
 * Adds a task to a saved model.
 *
 * @param start the parameters of its head at `heads.<name>.…`, or a seed to begin from
 * @throws TaskConfigError where the name is taken or may not be used, or the task is wrong
 * @throws ArgumentError where parameters are missing or of another shape
 * @throws ModelFileError where a file cannot be written
 */
export async function addSavedTask(
  folder: string,
  name: string,
  task: Task,
  start: Parameters | number,
): Promise<void> {
  const { config, tasks, provenance } = await readTaskModelConfig(folder);
  const names = [...Object.keys(tasks), name];
  checkTaskNames(names);
  const added = defineTasks({ [name]: task });
  const weights = headWeights(startOfTask(config, name, task, start), name);
  await writeHead(folder, name, { config: { ...added[name] }, weights });
  await writeTaskManifest(folder, { tasks: names, provenance });
}

/**
 * Removes a task of a saved model.
 *
 * @throws ArgumentError where it has none of that name
 * @throws TaskConfigError where it is the last
 * @throws ModelFileError where a file cannot be written
 */
export async function removeSavedTask(folder: string, name: string): Promise<void> {
  const { tasks, provenance } = await readTaskModelConfig(folder);
  checkHasTask(tasks, name);
  const names = Object.keys(tasks).filter((each) => each !== name);
  checkTaskNames(names);
  await writeTaskManifest(folder, { tasks: names, provenance });
  await removeHead(folder, name);
}

/**
 * Gives a task of a saved model another name.
 *
 * @throws ArgumentError where it has none of that name
 * @throws TaskConfigError where the new name is taken or may not be used
 * @throws ModelFileError where a file cannot be written
 */
export async function renameSavedTask(folder: string, from: string, to: string): Promise<void> {
  const { tasks, provenance } = await readTaskModelConfig(folder);
  checkHasTask(tasks, from);
  const names = Object.keys(tasks).map((name) => (name === from ? to : name));
  checkTaskNames(names);
  if (from === to) return;
  await copyHead(folder, from, to);
  await writeTaskManifest(folder, { tasks: names, provenance });
  await removeHead(folder, from);
}
