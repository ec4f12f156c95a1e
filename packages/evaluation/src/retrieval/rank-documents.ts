import { checkFinite } from '../labelled-rows.ts';

/**
 * The numbers of a query's documents with the highest scores, best first; equal scores in order of their numbers.
 *
 * ```ts
 * rankDocuments([0.1, 0.9, 0.9], 2); // 1, 2
 * ```
 * @throws ArgumentError when a score is not finite
 */
export function rankDocuments(scores: ArrayLike<number>, most: number = scores.length): Uint32Array {
  const documents = Uint32Array.from({ length: scores.length }, (_, document) => document);
  for (const document of documents) checkFinite(scores[document] ?? NaN, document);
  documents.sort((a, b) => (scores[b] ?? NaN) - (scores[a] ?? NaN) || a - b);
  return documents.slice(0, most);
}
