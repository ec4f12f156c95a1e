import { nearestMatch } from '@sentence-mtl/core';
import type { Task, Tasks } from '@sentence-mtl/heads';
import { ModelError } from '../errors.ts';

/** What of a task decides what its predictions look like. */
function shapeOf(task: Task): string {
  if ('labels' in task) return `${task.kind} of ${task.labels.map((label) => JSON.stringify(label)).join(', ')}`;
  return task.kind === 'regression' ? `regression of ${task.size} numbers` : task.kind;
}

/**
 * The saved tasks that are expected, as they were saved.
 *
 * @throws ModelError where one is not there, or is of another kind or other labels
 */
export function expectedTasks<T extends Tasks>(saved: Tasks, expected: T, folder: string): T {
  const found = Object.entries(expected).map(([name, task]) => {
    const own = Object.hasOwn(saved, name) ? saved[name] : undefined;
    if (own === undefined) {
      const nearest = nearestMatch(name, Object.keys(saved));
      const hint =
        nearest === undefined ? `its tasks are ${Object.keys(saved).join(', ')}` : `did you mean "${nearest}"?`;
      throw new ModelError(`${folder} has no task "${name}"; ${hint}`);
    }
    if (shapeOf(own) === shapeOf(task)) return [name, own] as const;
    throw new ModelError(`${folder}: task "${name}" is ${shapeOf(own)}; expected is ${shapeOf(task)}`);
  });
  return Object.fromEntries(found) as T;
}
