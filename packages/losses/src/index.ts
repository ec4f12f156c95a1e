export { binaryCrossEntropy } from './binary-cross-entropy.ts';
export { contrastive } from './contrastive.ts';
export type { ContrastiveOptions } from './contrastive.ts';
export { cosent } from './cosent.ts';
export { cosineSimilarityLoss } from './cosine-similarity-loss.ts';
export { classLabelWeights, crossEntropy, softCrossEntropy } from './cross-entropy.ts';
export type { CrossEntropyOptions } from './cross-entropy.ts';
export {
  cosineDistance,
  cosineDistances,
  diagonal,
  euclideanDistance,
  euclideanDistances,
  manhattanDistance,
  shiftedEuclideanDistance,
  shiftedManhattanDistance,
} from './distance.ts';
export type { PairDistances, RowDistance } from './distance.ts';
export { klDistillation, marginMeanSquaredError, marginsOfScores, rankingDistillation } from './distillation.ts';
export { focalLoss, sigmoidFocalLoss } from './focal.ts';
export { knownClasses, knownNumbers, MISSING_CLASS } from './known-labels.ts';
export type { KnownLabels } from './known-labels.ts';
export { lossValue, rowLosses } from './loss.ts';
export type { BatchLoss, Loss, RowLosses } from './loss.ts';
export { multipleNegativesRanking } from './multiple-negatives-ranking.ts';
export type { MultipleNegativesOptions, RankingDirection } from './multiple-negatives-ranking.ts';
export { onlineContrastive } from './online-contrastive.ts';
export { pairFeatures } from './pair-features.ts';
export type { PairFeatures } from './pair-features.ts';
export { huber, meanAbsoluteError, meanSquaredError, smoothL1 } from './regression.ts';
export { cosineSimilarities, cosineSimilarity, dotProduct, dotProducts } from './similarity.ts';
export type { PairSimilarities, RowSimilarity } from './similarity.ts';
export { triplet } from './triplet.ts';
export type { TripletOptions } from './triplet.ts';
