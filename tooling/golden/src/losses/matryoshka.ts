import { lossValue, type Loss } from '@sentence-mtl/losses';
import { normalize } from '@sentence-mtl/pooling';
import { add, mul, slice, type Value } from '@sentence-mtl/program';

/**
 * Σ weight·loss(prefixes) over prefixes of the embeddings, each L2-normalised (Kusupati et al. 2022).
 *
 * @param widths a prefix's length and its weight
 */
export function matryoshka(
  embeddings: readonly Value[],
  widths: readonly (readonly [width: number, weight: number])[],
  loss: (...prefixes: Value[]) => Loss,
): Value {
  return widths
    .map(([width, weight]) => {
      const prefixes = embeddings.map((x) => normalize(slice(x, 1, 0, width)));
      return mul(lossValue(loss(...prefixes)), weight);
    })
    .reduce((a, b) => add(a, b));
}
