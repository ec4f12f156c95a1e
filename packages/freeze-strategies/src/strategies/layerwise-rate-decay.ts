import { ArgumentError } from '@sentence-mtl/core';
import { constantStrategy, type FreezeStrategy } from '../freeze-strategy.ts';
import type { ModelParts } from '../model-parts.ts';
import { placeOf } from '../parameter-place.ts';

export interface LayerwiseRateDecayOptions {
  /**
   * How many steps of decay the top layer is below the heads: 0 unless given, so that the top layer has the encoder's
   * own rate. ULMFiT has 1 (and a factor of 1/2.6), ELECTRA 2.
   */
  readonly topDistance?: number;
}

/** How many decays a parameter is below the heads. */
function distance(path: string, { layerCount, sharedLayers }: ModelParts, topDistance: number): number {
  const layers = sharedLayers ? 1 : layerCount;
  const place = placeOf(path);
  if (place.part === 'layer') return topDistance + layers - 1 - place.layer;
  return place.part === 'embeddings' ? topDistance + layers : 0;
}

/**
 * Multiplies learning rates by `factor` from layer to layer downwards, once more for the embeddings; pooling and heads
 * keep theirs. Layers that share parameters (ALBERT) are one layer, the top one. Howard and Ruder, "Universal language
 * model fine-tuning for text classification" (2018); Clark et al., "ELECTRA" (2020).
 *
 * @throws ArgumentError when the factor is not above 0 and at most 1, or the distance not a whole number
 */
export function layerwiseRateDecay(
  factor: number,
  { topDistance = 0 }: LayerwiseRateDecayOptions = {},
): FreezeStrategy {
  const name = `layerwiseRateDecay(${factor}${topDistance === 0 ? '' : `, top distance ${topDistance}`})`;
  if (!(factor > 0 && factor <= 1)) throw new ArgumentError(`${name}: the factor must be above 0 and at most 1`);
  if (!Number.isSafeInteger(topDistance) || topDistance < 0) {
    throw new ArgumentError(`${name}: the distance must be a whole number, 0 or more`);
  }
  return constantStrategy(name, (model) => {
    return (path) => ({ rate: factor ** distance(path, model, topDistance), decay: 1 });
  });
}
