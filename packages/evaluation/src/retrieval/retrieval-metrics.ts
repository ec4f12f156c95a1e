import { ArgumentError } from '@sentence-mtl/core';
import { noted, undefinedMetric, type Metric } from '../metric.ts';

/** What was found for a query. */
export interface QueryResult {
  /** Numbers of documents, best first, no document twice; as far down as the metrics look. */
  readonly ranked: ArrayLike<number>;
  /** Numbers of the documents that should be found. */
  readonly relevant: ReadonlySet<number>;
}

/** Whether each of the first k documents is relevant. */
function hitsAt({ ranked, relevant }: QueryResult, k: number): readonly boolean[] {
  return Array.from({ length: Math.min(k, ranked.length) }, (_, place) => relevant.has(ranked[place] ?? -1));
}

function sumOverHits(hits: readonly boolean[], of: (place: number) => number): number {
  return hits.reduce((sum, hit, place) => (hit ? sum + of(place) : sum), 0);
}

function count(hits: readonly boolean[]): number {
  return sumOverHits(hits, () => 1);
}

/** The mean over queries that have a relevant document. */
function meanOverQueries(
  results: readonly QueryResult[],
  k: number,
  of: (hits: readonly boolean[], relevant: number) => number,
): Metric {
  if (!Number.isInteger(k) || k < 1) throw new ArgumentError(`metrics at ${k}: k must be an integer from 1`);
  const answerable = results.filter(({ relevant }) => relevant.size > 0);
  if (answerable.length === 0) return undefinedMetric('no-rows');
  const sum = answerable.reduce((total, result) => total + of(hitsAt(result, k), result.relevant.size), 0);
  return noted(sum / answerable.length, answerable.length < results.length ? 'queries-left-out' : undefined);
}

/** The share of queries with a relevant document among the first k. @throws ArgumentError when k is not an integer from 1 */
export function hitRateAt(results: readonly QueryResult[], k: number): Metric {
  return meanOverQueries(results, k, (hits) => Number(hits.includes(true)));
}

/** The mean share of the first k documents that are relevant, of k always. @throws ArgumentError when k is not an integer from 1 */
export function precisionAt(results: readonly QueryResult[], k: number): Metric {
  return meanOverQueries(results, k, (hits) => count(hits) / k);
}

/** The mean share of the relevant documents that are among the first k. @throws ArgumentError when k is not an integer from 1 */
export function recallAt(results: readonly QueryResult[], k: number): Metric {
  return meanOverQueries(results, k, (hits, relevant) => count(hits) / relevant);
}

/** Mean reciprocal rank: the mean of 1 over the place, from 1, of the first relevant document; 0 beyond k. @throws ArgumentError when k is not an integer from 1 */
export function meanReciprocalRankAt(results: readonly QueryResult[], k: number): Metric {
  return meanOverQueries(results, k, (hits) => (hits.includes(true) ? 1 / (hits.indexOf(true) + 1) : 0));
}

/**
 * Mean average precision: the mean of `Σ precision at each hit / min(k, relevant)`, over the first k documents.
 * @throws ArgumentError when k is not an integer from 1
 */
export function meanAveragePrecisionAt(results: readonly QueryResult[], k: number): Metric {
  return meanOverQueries(results, k, (hits, relevant) => {
    let found = 0;
    return sumOverHits(hits, (place) => ++found / (place + 1)) / Math.min(k, relevant);
  });
}

/**
 * Normalised discounted cumulative gain: hits count `1 / log₂(place + 1)`, over what the best order would give.
 * Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002).
 * @throws ArgumentError when k is not an integer from 1
 */
export function ndcgAt(results: readonly QueryResult[], k: number): Metric {
  const gain = (place: number): number => 1 / Math.log2(place + 2);
  return meanOverQueries(results, k, (hits, relevant) => {
    const ideal = Array.from({ length: Math.min(k, relevant) }, () => true);
    return sumOverHits(hits, gain) / sumOverHits(ideal, gain);
  });
}
