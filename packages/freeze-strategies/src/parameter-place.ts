import { unreachable } from '@sentence-mtl/core';

/** Where in a model a parameter is, by its path. */
export type ParameterPlace =
  | { readonly part: 'embeddings' }
  | { readonly part: 'layer'; readonly layer: number }
  | { readonly part: 'pooling' }
  | { readonly part: 'head'; readonly task: string }
  | { readonly part: 'other' };

/**
 * The place of a parameter. MPNet's table of relative positions, which biases the attention of every layer, is one of
 * the embeddings.
 */
export function placeOf(path: string): ParameterPlace {
  const [first, second = '', third = ''] = path.split('.');
  if (first === 'heads' && second !== '') return { part: 'head', task: second };
  if (first === 'pooling') return { part: 'pooling' };
  if (first !== 'encoder') return { part: 'other' };
  if (second === 'embeddings' || second === 'relativePosition') return { part: 'embeddings' };
  return second === 'layers' && /^\d+$/.test(third) ? { part: 'layer', layer: Number(third) } : { part: 'other' };
}

/** The group that a parameter is listed under: its place, by name. */
export function groupOf(path: string): string {
  const place = placeOf(path);
  switch (place.part) {
    case 'layer':
      return `layers.${place.layer}`;
    case 'head':
      return `heads.${place.task}`;
    case 'embeddings':
    case 'pooling':
    case 'other':
      return place.part;
    default:
      return unreachable(place);
  }
}
