import {
  cosineDistance,
  knownNumbers,
  multipleNegativesRanking,
  triplet,
  type MultipleNegativesOptions,
} from '@sentence-mtl/losses';
import { embeddings, lossCase, scores, type LossCase } from './loss-case.ts';

const three = { e0: embeddings, e1: embeddings, e2: embeddings, labels: scores };

const ranking = (options: MultipleNegativesOptions): LossCase =>
  lossCase(three, ({ e0, e1, e2, labels }) =>
    multipleNegativesRanking(e0, [e1, e2], { ...options, present: knownNumbers(labels).present }),
  );

/** Losses without labels, with one that only says which rows are there; the names are those of recorded cases. */
export const presenceCases: Readonly<Record<string, LossCase>> = {
  'MultipleNegativesRankingLoss-hard-negative': ranking({}),
  'MultipleNegativesRankingLoss-symmetric-hard-negative': ranking({
    directions: ['query_to_doc', 'doc_to_query'],
    partition: 'per_direction',
  }),
  'MultipleNegativesRankingLoss-all-directions': ranking({
    directions: ['query_to_doc', 'query_to_query', 'doc_to_query', 'doc_to_doc'],
  }),
  'TripletLoss-cosine': lossCase(three, ({ e0, e1, e2, labels }) =>
    triplet(e0, e1, e2, { margin: 0.8, distance: cosineDistance, present: knownNumbers(labels).present }),
  ),
};
