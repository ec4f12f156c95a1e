import { ArgumentError } from '@sentence-mtl/core';
import { constantStrategy, type FreezeStrategy } from '../freeze-strategy.ts';
import { NO_EFFECT, type Effect } from '../parameter-label.ts';
import { groupOf } from '../parameter-place.ts';
import { matchesPattern, patternTest } from '../path-pattern.ts';

/** Factors on the learning rate and the weight decay of a group, 1 unless given; a number is one on the rate. */
export type GroupFactors = number | { readonly rate?: number; readonly decay?: number };

function effectOf(pattern: string, factors: GroupFactors): Effect {
  const { rate = 1, decay = 1 } = typeof factors === 'number' ? { rate: factors } : factors;
  const wrong = [rate, decay].find((value) => !(value >= 0 && value < Infinity));
  if (wrong !== undefined || rate === 0) {
    throw new ArgumentError(
      `groupRates: a factor of "${pattern}" is ${wrong ?? rate}; factors are finite, a rate is above 0 (freeze what is ` +
        'not to learn) and a decay 0 or more',
    );
  }
  return { rate, decay };
}

/**
 * Factors on the learning rate and weight decay of groups, by name or pattern of names: `embeddings`, `layers.3`,
 * `layers.*`, `pooling`, `heads.intent`. A group's own name goes before a pattern, an earlier pattern before a later.
 *
 * @throws ArgumentError when no group is given or a factor has no meaning
 * @throws UnknownPartError from `plan`, when a name or pattern matches no group
 */
export function groupRates(factors: Readonly<Record<string, GroupFactors>>): FreezeStrategy {
  const patterns = Object.keys(factors);
  const effects = new Map(patterns.map((pattern) => [pattern, effectOf(pattern, factors[pattern] ?? 1)]));
  const settings = [...effects].map(([pattern, effect]) => `${pattern}: ${JSON.stringify(effect)}`);
  return constantStrategy(`groupRates(${settings.join(', ')})`, ({ groups }) => {
    patternTest(patterns, groups, 'group');
    const chosen = groups.map((group) => {
      const pattern = effects.has(group) ? group : patterns.find((other) => matchesPattern(group, other));
      return [group, effects.get(pattern ?? '') ?? NO_EFFECT] as const;
    });
    const byGroup = new Map(chosen);
    return (path) => byGroup.get(groupOf(path)) ?? NO_EFFECT;
  });
}
