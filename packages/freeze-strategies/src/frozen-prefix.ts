import { trainedPaths, type ParameterLabels } from './freeze-plan.ts';
import { placeOf } from './parameter-place.ts';

/** What at the bottom of a model never changes under labels, so that its outputs can be computed once. */
export interface FrozenPrefix {
  /** Whether the embeddings' output, which enters layer 0, stays the same. */
  readonly embeddings: boolean;
  /** How many of the lowest layers keep their outputs: with 3, what enters layer 3 stays the same. */
  readonly layers: number;
  /** Whether all below the heads is frozen, so that sentence embeddings stay the same. */
  readonly sentenceEmbedding: boolean;
}

/**
 * The frozen prefix of a model of `layerCount` layers, which may share the parameters of layer 0. A layer is in it when
 * all its parameters are frozen, and all below it, and, in MPNet, the relative positions that every layer reads.
 */
export function frozenPrefix(labels: ParameterLabels, layerCount: number): FrozenPrefix {
  const trained = trainedPaths(labels);
  const places = trained.map(placeOf);
  const layers = places.flatMap((place) => (place.part === 'layer' ? place.layer : []));
  // What of an encoder is no layer is below the layers, known to us or not.
  const below = trained.filter((path, i) => path.startsWith('encoder.') && places[i]?.part !== 'layer');
  return {
    embeddings: below.every((path) => path.startsWith('encoder.relativePosition.')),
    layers: below.length > 0 ? 0 : Math.min(layerCount, ...layers),
    sentenceEmbedding: places.every(({ part }) => part === 'head'),
  };
}
