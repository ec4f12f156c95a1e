import { ArgumentError, describeValue } from '@sentence-mtl/core';
import { textCount, type Tasks } from '@sentence-mtl/heads';
import { checkHasTask } from './task-model.ts';

/** How a task of so many texts is asked. */
const CALLS: Readonly<Record<number, string>> = { 1: 'predict(texts)', 2: 'predictPairs(pairs)' };

/** Whether a task predicts anything of rows of so many texts. */
const predicts = (tasks: Tasks, name: string, columns: number): boolean => {
  const task = tasks[name];
  return task !== undefined && task.kind !== 'embedding' && textCount(task) === columns;
};

function problemOf(tasks: Tasks, name: string, columns: number): string | undefined {
  if (predicts(tasks, name, columns)) return undefined;
  const task = tasks[name];
  if (task === undefined || task.kind === 'embedding')
    return `task "${name}" is of kind embedding: its outputs are the embeddings themselves; encode gives them`;
  return `task "${name}" reads ${textCount(task)} texts a row; ask for it by ${CALLS[textCount(task)] ?? 'its own call'}`;
}

/**
 * The tasks that are asked for, in the order of the model, each once.
 *
 * @param names left out, all that rows of so many texts have
 * @throws ArgumentError where one is not there, is of other rows, or none is left to ask for
 */
export function askedTasks(tasks: Tasks, names: readonly string[] | undefined, columns: number): readonly string[] {
  const all = Object.keys(tasks);
  if (names === undefined) {
    const own = all.filter((name) => predicts(tasks, name, columns));
    if (own.length > 0) return own;
    throw new ArgumentError(`the model has no task for ${CALLS[columns]}; its tasks are ${all.join(', ')}`);
  }
  if (!Array.isArray(names)) throw new ArgumentError(`tasks is ${describeValue(names)}; a list of names is needed`);
  for (const name of names) {
    checkHasTask(tasks, name);
    const problem = problemOf(tasks, name, columns);
    if (problem !== undefined) throw new ArgumentError(problem);
  }
  const asked = new Set(names);
  return all.filter((name) => asked.has(name));
}
