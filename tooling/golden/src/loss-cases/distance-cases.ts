import {
  contrastive,
  cosineDistance,
  cosineDistances,
  euclideanDistance,
  manhattanDistance,
  onlineContrastive,
  shiftedEuclideanDistance,
  shiftedManhattanDistance,
  triplet,
  type ContrastiveOptions,
  type RowDistance,
} from '@sentence-mtl/losses';
import { sum } from '@sentence-mtl/program';
import {
  batchAllTriplet,
  batchHardSoftMarginTriplet,
  batchHardTriplet,
  batchSemiHardTriplet,
} from '../losses/batch-triplet.ts';
import { classes, embeddings, lossCase, scores, type LossCase } from './loss-case.ts';

const labelledPair = { e0: embeddings, e1: embeddings, labels: scores };
const labelledRows = { e0: embeddings, labels: classes };

const tripletCase = (margin: number, distance: RowDistance): LossCase =>
  lossCase({ e0: embeddings, e1: embeddings, e2: embeddings }, ({ e0, e1, e2 }) =>
    triplet(e0, e1, e2, { margin, distance }),
  );

const contrastiveCase = (options: ContrastiveOptions): LossCase =>
  lossCase(labelledPair, ({ e0, e1, labels }) => contrastive(e0, e1, labels, options));

const onlineCase = (margin: number): LossCase =>
  lossCase(labelledPair, ({ e0, e1, labels }) => onlineContrastive(e0, e1, labels, { margin }));

/** The three settings in which every miner was recorded. */
const mined = (name: string, loss: typeof batchHardTriplet): Readonly<Record<string, LossCase>> => ({
  [`${name}-euclidean`]: lossCase(labelledRows, ({ e0, labels }) => loss(e0, labels, 5)),
  [`${name}-euclidean-small-margin`]: lossCase(labelledRows, ({ e0, labels }) => loss(e0, labels, 0.5)),
  [`${name}-cosine`]: lossCase(labelledRows, ({ e0, labels }) => loss(e0, labels, 0.3, cosineDistances)),
});

export const distanceCases: Readonly<Record<string, LossCase>> = {
  'TripletLoss-cosine': tripletCase(0.8, cosineDistance),
  'TripletLoss-euclidean': tripletCase(5, euclideanDistance),
  'TripletLoss-manhattan': tripletCase(5, manhattanDistance),

  ...mined('BatchHardTripletLoss', batchHardTriplet),
  ...mined('BatchAllTripletLoss', batchAllTriplet),
  ...mined('BatchSemiHardTripletLoss', batchSemiHardTriplet),
  BatchHardSoftMarginTripletLoss: lossCase(labelledRows, ({ e0, labels }) => batchHardSoftMarginTriplet(e0, labels)),
  'BatchHardTripletLoss-one-class': lossCase(labelledRows, ({ e0, labels }) => batchHardTriplet(e0, labels, 5)),

  'ContrastiveLoss-cosine': contrastiveCase({ margin: 0.5 }),
  'ContrastiveLoss-euclidean': contrastiveCase({ margin: 6, distance: shiftedEuclideanDistance }),
  'ContrastiveLoss-manhattan': contrastiveCase({ margin: 6, distance: shiftedManhattanDistance }),
  'ContrastiveLoss-sum': lossCase(labelledPair, ({ e0, e1, labels }) => sum(contrastive(e0, e1, labels).values)),
  OnlineContrastiveLoss: onlineCase(0.5),
  'OnlineContrastiveLoss-no-positives': onlineCase(1.5),
  'OnlineContrastiveLoss-separated': onlineCase(0.5),
};
