import { constantStrategy, type FreezeStrategy } from './freeze-strategy.ts';
import type { ModelParts } from './model-parts.ts';
import { FROZEN, NO_EFFECT } from './parameter-label.ts';

/** A strategy that freezes the paths for which a test holds, and leaves the others alone. */
export function freezeWhere(name: string, testOf: (model: ModelParts) => (path: string) => boolean): FreezeStrategy {
  return constantStrategy(name, (model) => {
    const freezes = testOf(model);
    return (path) => (freezes(path) ? FROZEN : NO_EFFECT);
  });
}
