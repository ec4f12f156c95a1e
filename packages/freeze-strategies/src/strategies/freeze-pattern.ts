import type { FreezeStrategy } from '../freeze-strategy.ts';
import { freezeWhere } from '../freeze-where.ts';
import { patternTest } from '../path-pattern.ts';

/**
 * Freezes the paths that match one of the patterns: `*` is any part of a name, `**` any number of names.
 * @throws UnknownPartError from `plan`, when a pattern matches nothing
 */
export function freezePattern(...patterns: readonly string[]): FreezeStrategy {
  return freezeWhere(`freezePattern(${patterns.join(', ')})`, ({ paths }) => patternTest(patterns, paths));
}

/**
 * Freezes all paths but those that match one of the patterns.
 * @throws UnknownPartError from `plan`, when a pattern matches nothing
 */
export function trainPattern(...patterns: readonly string[]): FreezeStrategy {
  return freezeWhere(`trainPattern(${patterns.join(', ')})`, ({ paths }) => {
    const trains = patternTest(patterns, paths);
    return (path) => !trains(path);
  });
}
