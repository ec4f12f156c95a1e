import { nearestMatch } from '@sentence-mtl/core';
import type { Tasks } from '@sentence-mtl/heads';
import { UsageError } from '../command-line/errors.ts';

/**
 * The names in a list with commas.
 *
 * @throws UsageError where the model has no task of a name
 */
export function namedTasks(tasks: Tasks, list: string): readonly string[] {
  const names = list.split(',').map((name) => name.trim());
  const known = Object.keys(tasks);
  for (const name of names) {
    if (known.includes(name)) continue;
    const nearest = nearestMatch(name, known);
    const others = known.length === 0 ? 'it has none' : `its tasks are ${known.join(', ')}`;
    const hint = nearest === undefined ? others : `did you mean "${nearest}"?`;
    throw new UsageError(`--tasks: the model has no task "${name}"; ${hint}`);
  }
  return names;
}
