import { nearestMatch } from '@sentence-mtl/core';
import type { Tasks } from '@sentence-mtl/heads';
import { UsageError } from '../command-line/errors.ts';

/**
 * The names of tasks that an option has been given.
 *
 * @param option for what is said
 * @throws UsageError where the model has no task of a name
 */
export function namedTasks(tasks: Tasks, given: readonly string[], option: string): readonly string[] {
  const names = given.map((name) => name.trim());
  const known = Object.keys(tasks);
  for (const name of names) {
    if (known.includes(name)) continue;
    const nearest = nearestMatch(name, known);
    const others = known.length === 0 ? 'it has none' : `its tasks are ${known.join(', ')}`;
    const hint = nearest === undefined ? others : `did you mean "${nearest}"?`;
    throw new UsageError(`${option}: the model has no task "${name}"; ${hint}`);
  }
  return names;
}
