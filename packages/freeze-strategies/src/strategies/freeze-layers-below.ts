import { UnknownPartError } from '../freeze-error.ts';
import type { FreezeStrategy } from '../freeze-strategy.ts';
import { freezeWhere } from '../freeze-where.ts';
import type { ModelParts } from '../model-parts.ts';
import { placeOf } from '../parameter-place.ts';

function check(name: string, k: number, { layerCount, sharedLayers }: ModelParts): void {
  if (!Number.isSafeInteger(k) || k < 0 || k > layerCount) {
    throw new UnknownPartError(
      `${name}: the model has ${layerCount} layers; k is a whole number from 0 to ${layerCount}`,
    );
  }
  if (!sharedLayers || k === 0 || k === layerCount) return;
  throw new UnknownPartError(
    `${name}: the ${layerCount} layers of this model share one set of parameters, which freeze together; k is 0, for ` +
      `the embeddings, or ${layerCount}, for the layers too`,
  );
}

/**
 * Freezes what is below layer k: the embeddings and the layers 0 to k - 1. With k = 0 that is the embeddings alone, with
 * the number of layers the whole encoder but not the pooling. Where layers share parameters (ALBERT), only these two are.
 *
 * @throws UnknownPartError from `plan`, when there is no such layer, or it cannot be frozen alone
 */
export function freezeLayersBelow(k: number): FreezeStrategy {
  const name = `freezeLayersBelow(${k})`;
  return freezeWhere(name, (model) => {
    check(name, k, model);
    return (path) => {
      const place = placeOf(path);
      return place.part === 'embeddings' || (place.part === 'layer' && place.layer < k);
    };
  });
}
