import { ArgumentError } from '@sentence-mtl/core';
import { groupOf, placeOf } from './parameter-place.ts';

/** A model as strategies see it: shapes by path, no tensors. What `parameterSpecs` of an encoder gives is part of one. */
export interface ModelOutline {
  readonly parameters: ReadonlyMap<string, { readonly shape: readonly number[] }>;
  /**
   * Layers that an input goes through: those with parameters of their own unless given. More than these where layers
   * share the parameters of layer 0, as ALBERT's do.
   */
  readonly layerCount?: number;
}

/** What there is in a model to freeze. */
export interface ModelParts {
  readonly paths: readonly string[];
  /** Layers that an input goes through. */
  readonly layerCount: number;
  /** Whether all layers have the parameters of layer 0, so that they freeze together. */
  readonly sharedLayers: boolean;
  /** The tasks that have a head. */
  readonly heads: readonly string[];
  /** The groups of the paths, in their order. */
  readonly groups: readonly string[];
}

/** Reads the parts off the paths. @throws ArgumentError when the layers are not numbered from 0 on, or not as counted */
export function modelParts({ parameters, layerCount }: ModelOutline): ModelParts {
  const paths = [...parameters.keys()];
  const places = paths.map(placeOf);
  const layers = new Set(places.flatMap((place) => (place.part === 'layer' ? place.layer : [])));
  const missing = [...layers].findIndex((_, index) => !layers.has(index));
  if (missing !== -1)
    throw new ArgumentError(`the model has ${layers.size} layers, but none is encoder.layers.${missing}`);
  const count = layerCount ?? layers.size;
  const sharedLayers = layers.size === 1 && count > 1;
  if (count !== layers.size && !sharedLayers) {
    throw new ArgumentError(`the model is said to have ${count} layers; its parameters are those of ${layers.size}`);
  }
  return {
    paths,
    layerCount: count,
    sharedLayers,
    heads: [...new Set(places.flatMap((place) => (place.part === 'head' ? place.task : [])))],
    groups: [...new Set(paths.map(groupOf))],
  };
}
