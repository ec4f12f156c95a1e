import { describeValue } from '@sentence-mtl/core';
import { configuredTask } from './configured-task.ts';
import { TaskConfigError } from './errors.ts';
import { checkTaskNames } from './names.ts';
import { hint } from './schema-problems.ts';
import { schemaOf, TASK_KINDS, type PairTask, type PredictionOf, type Task, type TextTask } from './task-kinds.ts';

/** The tasks of a model, by name, in their order. */
export type Tasks = Readonly<Record<string, Task>>;

/** Names of the tasks that are of some kinds. */
type NameOf<T extends Tasks, K> = { readonly [N in keyof T & string]: T[N] extends K ? N : never }[keyof T & string];
/** The same where what is known of the tasks is only that they are some. */
type NameIn<T extends Tasks, K> = string extends keyof T ? string : NameOf<T, K>;

/** Names of the tasks that predict something of one text. */
export type TextTaskName<T extends Tasks> = NameIn<T, TextTask>;
/** Names of the tasks that predict something of two texts. */
export type PairTaskName<T extends Tasks> = NameIn<T, PairTask>;

/** The predictions for a row, of some tasks. */
export type Predictions<T extends Tasks, K extends keyof T = keyof T> = { readonly [N in K]: PredictionOf<T[N]> };

/**
 * The parsed config of a task, checked and filled with defaults.
 *
 * @param source what messages begin with: a file, or the task's name
 * @throws TaskConfigError with a line for each thing that is wrong
 */
export function parseTask(json: unknown, source: string): Task {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new TaskConfigError(`${source} is ${describeValue(json)}; an object of settings is needed`);
  }
  const kind: unknown = Object.hasOwn(json, 'kind') ? (json as { readonly kind: unknown }).kind : undefined;
  const known = TASK_KINDS.find((each) => each === kind);
  if (known === undefined) {
    const kinds = TASK_KINDS.map((each) => `"${each}"`).join(', ');
    throw new TaskConfigError(
      `${source}: "kind" is ${describeValue(kind)}; it must be one of ${kinds}${hint(kind, TASK_KINDS)}`,
    );
  }
  return configuredTask(schemaOf(known), json, source);
}

/**
 * The tasks of a model, with their names checked. The types of labels are kept, so that predictions have them.
 *
 * ```ts
 * const tasks = defineTasks({ intent: classification(['refund', 'cancel']), mood: regression() });
 * ```
 *
 * @throws TaskConfigError where a name may not be used, or a task is not one
 */
export function defineTasks<const T extends Tasks>(tasks: T): T {
  checkTaskNames(Object.keys(tasks));
  const checked = Object.entries(tasks).map(([name, task]) => [name, parseTask(task, `task "${name}"`)] as const);
  return Object.freeze(Object.fromEntries(checked)) as T;
}
