import type { FreezeStrategy } from '../freeze-strategy.ts';
import { freezeWhere } from '../freeze-where.ts';
import { placeOf } from '../parameter-place.ts';

/**
 * Freezes the embeddings: the tables, their normalisation and their projection to the hidden size where there is one.
 */
export function freezeEmbeddings(): FreezeStrategy {
  return freezeWhere('freezeEmbeddings()', () => (path) => placeOf(path).part === 'embeddings');
}
