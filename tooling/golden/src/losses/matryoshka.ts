import { add, mul, slice, type Value } from '@sentence-mtl/program';
import { normalize } from './similarity.ts';

/**
 * Σ weight·loss(prefixes) over prefixes of the embeddings, each L2-normalised (Kusupati et al. 2022).
 *
 * @param widths a prefix's length and its weight
 */
export function matryoshka(
  embeddings: readonly Value[],
  widths: readonly (readonly [width: number, weight: number])[],
  loss: (...prefixes: Value[]) => Value,
): Value {
  return widths
    .map(([width, weight]) => mul(loss(...embeddings.map((x) => normalize(slice(x, 1, 0, width)))), weight))
    .reduce((a, b) => add(a, b));
}
