import {
  cosineSimilarityLoss,
  huber,
  klDistillation,
  marginMeanSquaredError,
  marginsOfScores,
  meanSquaredError,
  multipleNegativesRanking,
  rankingDistillation,
  smoothL1,
  triplet,
} from '@sentence-mtl/losses';
import { expandDims, float32 } from '@sentence-mtl/program';
import { matryoshka } from '../losses/matryoshka.ts';
import { embeddings, logits, lossCase, scores, type LossCase } from './loss-case.ts';

const targets = { x: embeddings, y: embeddings };
const triple = { e0: embeddings, e1: embeddings, e2: embeddings };
const quadruple = { ...triple, e3: embeddings };

const distillation = (temperature: number): LossCase =>
  lossCase({ student: logits, teacher: logits }, ({ student, teacher }) =>
    klDistillation(student, teacher, temperature),
  );

const ranking = (temperature: number): LossCase =>
  lossCase({ ...quadruple, labels: float32('batch', 3) }, ({ e0, e1, e2, e3, labels }) =>
    rankingDistillation(e0, [e1, e2, e3], labels, temperature),
  );

export const regressionCases: Readonly<Record<string, LossCase>> = {
  mse: lossCase(targets, ({ x, y }) => meanSquaredError(x, y)),
  'huber-delta-0.5': lossCase(targets, ({ x, y }) => huber(x, y, 0.5)),
  'smooth-l1-beta-0.5': lossCase(targets, ({ x, y }) => smoothL1(x, y, 0.5)),
  MSELoss: lossCase({ e0: embeddings, labels: embeddings }, ({ e0, labels }) => meanSquaredError(e0, labels)),

  'kl-distillation-T1': distillation(1),
  'kl-distillation-T2': distillation(2),
  'kl-distillation-T4': distillation(4),
  DistillKLDivLoss: ranking(1),
  'DistillKLDivLoss-temperature-2': ranking(2),
  MarginMSELoss: lossCase({ ...triple, labels: scores }, ({ e0, e1, e2, labels }) =>
    marginMeanSquaredError(e0, e1, [e2], expandDims(labels, 1)),
  ),
  'MarginMSELoss-two-negatives': lossCase({ ...quadruple, labels: float32('batch', 2) }, ({ e0, e1, e2, e3, labels }) =>
    marginMeanSquaredError(e0, e1, [e2, e3], labels),
  ),
  'MarginMSELoss-scores': lossCase({ ...quadruple, labels: float32('batch', 3) }, ({ e0, e1, e2, e3, labels }) =>
    marginMeanSquaredError(e0, e1, [e2, e3], marginsOfScores(labels, 2)),
  ),

  'MatryoshkaLoss-MultipleNegativesRanking': lossCase(triple, ({ e0, e1, e2 }) =>
    matryoshka(
      [e0, e1, e2],
      [
        [8, 1],
        [4, 1],
        [2, 1],
      ],
      (queries, positives, negatives) => multipleNegativesRanking(queries, [positives, negatives]),
    ),
  ),
  'MatryoshkaLoss-weights': lossCase({ e0: embeddings, e1: embeddings, labels: scores }, ({ e0, e1, labels }) =>
    matryoshka(
      [e0, e1],
      [
        [2, 0.2],
        [8, 1],
        [4, 0.5],
      ],
      (x, y) => cosineSimilarityLoss(x, y, labels),
    ),
  ),
  'MatryoshkaLoss-Triplet': lossCase(triple, ({ e0, e1, e2 }) =>
    matryoshka(
      [e0, e1, e2],
      [
        [8, 1],
        [4, 0.5],
      ],
      (anchor, positive, negative) => triplet(anchor, positive, negative, { margin: 1 }),
    ),
  ),
};
