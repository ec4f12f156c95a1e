import {
  hitRateAt,
  meanAveragePrecisionAt,
  meanReciprocalRankAt,
  ndcgAt,
  precisionAt,
  recallAt,
} from '../retrieval/retrieval-metrics.ts';
import type { KindMetrics } from './kind-metrics.ts';
import type { EmbeddingOutputs } from './task-outputs.ts';

export const EMBEDDING: KindMetrics<EmbeddingOutputs> = {
  headline: ['ndcgAt10', 'meanReciprocalRankAt10', 'recallAt10'],
  rowCount: ({ results }) => results.length,
  labelledRows: ({ results }) => results.flatMap(({ relevant }, query) => (relevant.size === 0 ? [] : [query])),
  select: ({ kind, results }, { rows }) => ({
    kind,
    results: Array.from(rows).flatMap((query) => results[query] ?? []),
  }),
  truth: ({ results }) =>
    results.flatMap(({ relevant }) => [relevant.size, ...Array.from(relevant).sort((a, b) => a - b)]),
  metrics: {
    ndcgAt10: ({ results }) => ndcgAt(results, 10),
    meanReciprocalRankAt10: ({ results }) => meanReciprocalRankAt(results, 10),
    meanAveragePrecisionAt100: ({ results }) => meanAveragePrecisionAt(results, 100),
    recallAt1: ({ results }) => recallAt(results, 1),
    recallAt10: ({ results }) => recallAt(results, 10),
    precisionAt10: ({ results }) => precisionAt(results, 10),
    hitRateAt1: ({ results }) => hitRateAt(results, 1),
    hitRateAt10: ({ results }) => hitRateAt(results, 10),
  },
  probabilityMetrics: {},
};
