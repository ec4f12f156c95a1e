import {
  cosent,
  cosineSimilarity,
  cosineSimilarityLoss,
  dotProducts,
  multipleNegativesRanking,
} from '@sentence-mtl/losses';
import { float32 } from '@sentence-mtl/program';
import { angle } from '../losses/angle.ts';
import { supervisedContrast } from '../losses/supervised-contrast.ts';
import { classes, embeddings, lossCase, scores, type LossCase } from './loss-case.ts';

const scored = { e0: embeddings, e1: embeddings, labels: scores };
const odd = { e0: float32('batch', 7), e1: float32('batch', 7), labels: scores };
const pair = { e0: embeddings, e1: embeddings };
const withNegative = { ...pair, e2: embeddings };
const withTwoNegatives = { ...withNegative, e3: embeddings };

const symmetric = { directions: ['query_to_doc', 'doc_to_query'], partition: 'per_direction' } as const;
const allDirections = { directions: ['query_to_doc', 'query_to_query', 'doc_to_query', 'doc_to_doc'] } as const;

const cosentCase = (scale: number): LossCase =>
  lossCase(scored, ({ e0, e1, labels }) => cosent(cosineSimilarity(e0, e1), labels, scale));

export const rankingCases: Readonly<Record<string, LossCase>> = {
  CosineSimilarityLoss: lossCase(scored, ({ e0, e1, labels }) => cosineSimilarityLoss(e0, e1, labels)),
  CoSENTLoss: cosentCase(20),
  'CoSENTLoss-scale-5': cosentCase(5),
  'CoSENTLoss-all-ties': cosentCase(20),
  AnglELoss: lossCase(scored, ({ e0, e1, labels }) => angle(e0, e1, labels, 20)),
  'AnglELoss-odd-width': lossCase(odd, ({ e0, e1, labels }) => angle(e0, e1, labels, 20)),

  MultipleNegativesRankingLoss: lossCase(pair, ({ e0, e1 }) => multipleNegativesRanking(e0, [e1])),
  'MultipleNegativesRankingLoss-hard-negative': lossCase(withNegative, ({ e0, e1, e2 }) =>
    multipleNegativesRanking(e0, [e1, e2]),
  ),
  'MultipleNegativesRankingLoss-two-hard-negatives': lossCase(withTwoNegatives, ({ e0, e1, e2, e3 }) =>
    multipleNegativesRanking(e0, [e1, e2, e3]),
  ),
  'MultipleNegativesRankingLoss-dot': lossCase(pair, ({ e0, e1 }) =>
    multipleNegativesRanking(e0, [e1], { scale: 1, similarity: dotProducts }),
  ),
  'MultipleNegativesRankingLoss-symmetric': lossCase(pair, ({ e0, e1 }) =>
    multipleNegativesRanking(e0, [e1], symmetric),
  ),
  'MultipleNegativesRankingLoss-symmetric-hard-negative': lossCase(withNegative, ({ e0, e1, e2 }) =>
    multipleNegativesRanking(e0, [e1, e2], symmetric),
  ),
  'MultipleNegativesRankingLoss-all-directions': lossCase(withNegative, ({ e0, e1, e2 }) =>
    multipleNegativesRanking(e0, [e1, e2], allDirections),
  ),
  'simcse-T0.05': lossCase({ x: embeddings, y: embeddings }, ({ x, y }) =>
    multipleNegativesRanking(x, [y], { scale: 1 / 0.05 }),
  ),

  'supcon-T0.1': lossCase({ x: embeddings, labels: classes }, ({ x, labels }) => supervisedContrast(x, labels, 0.1)),
  'supcon-T0.5-singleton': lossCase({ x: embeddings, labels: classes }, ({ x, labels }) =>
    supervisedContrast(x, labels, 0.5),
  ),
};
