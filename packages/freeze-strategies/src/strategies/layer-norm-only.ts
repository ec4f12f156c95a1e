import { isNormalization } from '@sentence-mtl/core';
import type { FreezeStrategy } from '../freeze-strategy.ts';
import { freezeWhere } from '../freeze-where.ts';
import { placeOf } from '../parameter-place.ts';

/** Below the heads, trains the weights and biases of layer normalisations only; heads train whole. */
export function layerNormOnly(): FreezeStrategy {
  return freezeWhere('layerNormOnly()', () => (path) => placeOf(path).part !== 'head' && !isNormalization(path));
}
