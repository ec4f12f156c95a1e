import { isBias } from '@sentence-mtl/core';
import type { FreezeStrategy } from '../freeze-strategy.ts';
import { freezeWhere } from '../freeze-where.ts';
import { placeOf } from '../parameter-place.ts';

/**
 * Below the heads, trains biases only, those of normalisations included; heads train whole. Ben Zaken et al., "BitFit:
 * simple parameter-efficient fine-tuning for transformer-based masked language-models" (2022).
 */
export function bitFit(): FreezeStrategy {
  return freezeWhere('bitFit()', () => (path) => placeOf(path).part !== 'head' && !isBias(path));
}
