import { ArgumentError } from '@sentence-mtl/core';
import { checkMatrices, prepareRows, scoreOf, type Matrix, type SimilarityMeasure } from './similarity.ts';

/** A row of the corpus that is like a query. */
export interface SearchHit {
  readonly row: number;
  readonly score: number;
}

export interface SearchOptions {
  /** Default `cosine`. */
  readonly measure?: SimilarityMeasure | undefined;
}

/** Better first; of equal scores the earlier row. */
const isBetter = (a: SearchHit, b: SearchHit): boolean => a.score > b.score || (a.score === b.score && a.row < b.row);

/** Puts a hit into a list that is kept in order and at most `k` long. */
function keep(best: SearchHit[], hit: SearchHit, k: number): void {
  const last = best.at(-1);
  if (best.length === k && last !== undefined && !isBetter(hit, last)) return;
  let place = best.length;
  for (let before = best[place - 1]; before !== undefined && isBetter(hit, before); before = best[place - 1]) place--;
  best.splice(place, 0, hit);
  if (best.length > k) best.pop();
}

/**
 * The `k` rows of a corpus that are most like each query, the best first; all of it where it has fewer. Exact: every
 * row is compared. Equal scores stand in the order of the rows; a row whose score is no number is left out.
 *
 * @throws ShapeError where queries and corpus are of different dimensions
 * @throws ArgumentError unless `k` is a whole number of at least 1
 */
export function semanticSearch(
  queries: Matrix,
  corpus: Matrix,
  k: number,
  { measure = 'cosine' }: SearchOptions = {},
): readonly (readonly SearchHit[])[] {
  if (!Number.isInteger(k) || k < 1) throw new ArgumentError(`k is ${k}; a whole number of at least 1 is needed`);
  checkMatrices(queries, corpus);
  const [rows, score] = [prepareRows(corpus, measure), scoreOf(measure)];
  return prepareRows(queries, measure).map((query) => {
    const best: SearchHit[] = [];
    rows.forEach((candidate, row) => {
      const value = Math.fround(score(query, candidate));
      if (!Number.isNaN(value)) keep(best, { row, score: value }, k);
    });
    return best;
  });
}
