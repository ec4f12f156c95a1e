import { constantStrategy, type FreezeStrategy } from '../freeze-strategy.ts';
import { NO_EFFECT } from '../parameter-label.ts';

/** Freezes nothing: the strategy that composes with any other to that other. */
export function trainAll(): FreezeStrategy {
  return constantStrategy('trainAll()', () => () => NO_EFFECT);
}
