import type { FreezeStrategy } from '../freeze-strategy.ts';
import { freezeWhere } from '../freeze-where.ts';
import { placeOf } from '../parameter-place.ts';

/** Freezes everything below the heads, the dense layers of pooling included: sentence embeddings never change. */
export function freezeEncoder(): FreezeStrategy {
  return freezeWhere('freezeEncoder()', () => (path) => placeOf(path).part !== 'head');
}
