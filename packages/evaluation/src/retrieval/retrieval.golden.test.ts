import { describe, it } from 'vitest';
import type { Metric } from '../metric.ts';
import { expectRecorded, readRecorded } from '../recorded-value.test.support.ts';
import { rankDocuments } from './rank-documents.ts';
import {
  hitRateAt,
  meanAveragePrecisionAt,
  meanReciprocalRankAt,
  ndcgAt,
  precisionAt,
  recallAt,
  type QueryResult,
} from './retrieval-metrics.ts';

interface Recorded {
  readonly name: string;
  readonly queries: readonly (readonly number[])[];
  readonly documents: readonly (readonly number[])[];
  readonly document_ids: readonly string[];
  readonly relevant: Readonly<Record<string, readonly string[]>>;
  readonly metrics: Readonly<Record<'cosine' | 'dot', Readonly<Record<string, number>>>>;
}

const { cases } = readRecorded<{ readonly cases: readonly Recorded[] }>('retrieval.json');

const METRICS: Readonly<Record<string, (results: readonly QueryResult[], k: number) => Metric>> = {
  accuracy: hitRateAt,
  precision: precisionAt,
  recall: recallAt,
  ndcg: ndcgAt,
  mrr: meanReciprocalRankAt,
  map: meanAveragePrecisionAt,
};

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);
}

const SIMILARITY = {
  dot,
  cosine: (a: readonly number[], b: readonly number[]) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)),
};

describe.each(cases)('$name', (recorded) => {
  it.each(['cosine', 'dot'] as const)('has the metrics of sentence-transformers by %s', (name) => {
    const results = recorded.queries.map((query, i) => ({
      ranked: rankDocuments(
        recorded.documents.map((document) => SIMILARITY[name](query, document)),
        100,
      ),
      relevant: new Set((recorded.relevant[`q${i}`] ?? []).map((id) => recorded.document_ids.indexOf(id))),
    }));
    for (const [key, value] of Object.entries(recorded.metrics[name])) {
      const [, metric = '', k] = /^(?:cosine|dot)_(\w+)@(\d+)$/.exec(key) ?? [];
      expectRecorded(METRICS[metric]?.(results, Number(k)) ?? { value: NaN }, { value });
    }
  });
});
