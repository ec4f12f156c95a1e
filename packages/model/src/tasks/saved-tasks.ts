// Heads of a saved model are changed in its folder: exported graphs, which say what the model said before, go first, then
// new files are written, then the list of tasks, then what is no longer listed goes. Wherever that is cut off, the folder is
// the model before or after, and no graph in it says something else.
import type { Parameters } from '@sentence-mtl/core';
import { checkTaskNames, defineTasks, TaskConfigError, type Task } from '@sentence-mtl/heads';
import {
  copyHead,
  removeGraphs,
  removeHead,
  writeHead,
  writeTaskManifest,
  type GraphPrecision,
} from '@sentence-mtl/model-files';
import { headWeights } from './head-weights.ts';
import { readTaskModelConfig } from './read-task-model.ts';
import { checkHasTask, startOfTask } from './task-model.ts';

/** What a change of a saved model has led to. */
export interface SavedTaskChange {
  /**
   * The number formats of the exported graphs that were there, and were removed because they say what the model said before:
   * `sentence-mtl export` makes them anew.
   */
  readonly removedGraphs: readonly GraphPrecision[];
}

/**
 * Adds a task to a saved model, and removes its exported graphs.
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
): Promise<SavedTaskChange> {
  const { config, tasks, provenance } = await readTaskModelConfig(folder);
  const names = [...Object.keys(tasks), name];
  checkTaskNames(names);
  const added = defineTasks({ [name]: task });
  const weights = headWeights(startOfTask(config, name, task, start), name);
  const removedGraphs = await removeGraphs(folder);
  await writeHead(folder, name, { config: { ...added[name] }, weights });
  await writeTaskManifest(folder, { tasks: names, provenance });
  return { removedGraphs };
}

/**
 * Removes a task of a saved model, and its exported graphs.
 *
 * @throws ArgumentError where it has none of that name
 * @throws TaskConfigError where it is the last
 * @throws ModelFileError where a file cannot be written
 */
export async function removeSavedTask(folder: string, name: string): Promise<SavedTaskChange> {
  const { tasks, provenance } = await readTaskModelConfig(folder);
  checkHasTask(tasks, name);
  const names = Object.keys(tasks).filter((each) => each !== name);
  checkTaskNames(names);
  const removedGraphs = await removeGraphs(folder);
  await writeTaskManifest(folder, { tasks: names, provenance });
  await removeHead(folder, name);
  return { removedGraphs };
}

/** @throws TaskConfigError where the folders of the two names are one on many disks: its files would be removed there */
function checkFoldersDiffer(from: string, to: string): void {
  if (from.toLowerCase() !== to.toLowerCase()) return;
  throw new TaskConfigError(
    `tasks "${from}" and "${to}" differ in capitals only; on many disks their folders would be the same: give the task another name first, and "${to}" then`,
  );
}

/**
 * Gives a task of a saved model another name, and removes its exported graphs.
 *
 * @throws ArgumentError where it has none of that name
 * @throws TaskConfigError where the new name is taken, may not be used, or differs from the old one in capitals only
 * @throws ModelFileError where a file cannot be written
 */
export async function renameSavedTask(folder: string, from: string, to: string): Promise<SavedTaskChange> {
  const { tasks, provenance } = await readTaskModelConfig(folder);
  checkHasTask(tasks, from);
  const names = Object.keys(tasks).map((name) => (name === from ? to : name));
  checkTaskNames(names);
  if (from === to) return { removedGraphs: [] };
  checkFoldersDiffer(from, to);
  const removedGraphs = await removeGraphs(folder);
  await copyHead(folder, from, to);
  await writeTaskManifest(folder, { tasks: names, provenance });
  await removeHead(folder, from);
  return { removedGraphs };
}
