import { ArgumentError, nearestMatch } from '@sentence-mtl/core';
import { UnknownPartError } from '../freeze-error.ts';
import type { FreezeStrategy } from '../freeze-strategy.ts';
import { freezeWhere } from '../freeze-where.ts';
import { placeOf } from '../parameter-place.ts';

/**
 * Freezes the heads of some tasks, while all else trains.
 * @throws ArgumentError when no task is given
 * @throws UnknownPartError from `plan`, when a task has no head in the model
 */
export function freezeHeads(...tasks: readonly string[]): FreezeStrategy {
  if (tasks.length === 0) throw new ArgumentError('freezeHeads() names no task; give the tasks whose heads freeze');
  return freezeWhere(`freezeHeads(${tasks.join(', ')})`, ({ heads }) => {
    for (const task of tasks) {
      if (heads.includes(task)) continue;
      const near = nearestMatch(task, heads);
      const hint = near === undefined ? `there are ${heads.join(', ') || 'none'}` : `did you mean "${near}"?`;
      throw new UnknownPartError(`the model has no head for the task "${task}"; ${hint}`);
    }
    return (path) => {
      const place = placeOf(path);
      return place.part === 'head' && tasks.includes(place.task);
    };
  });
}
