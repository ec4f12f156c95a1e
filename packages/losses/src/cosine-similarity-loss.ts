import type { Value } from '@sentence-mtl/program';
import type { RowLosses } from './loss.ts';
import { meanSquaredError } from './regression.ts';
import { cosineSimilarity } from './similarity.ts';

/**
 * `(cos(x, y) − label)²` of each pair: sentence-transformers' `CosineSimilarityLoss`.
 *
 * @param x (B, D)
 * @param y (B, D)
 * @param labels float32 (B), NaN where missing
 */
export const cosineSimilarityLoss = (x: Value, y: Value, labels: Value): RowLosses =>
  meanSquaredError(cosineSimilarity(x, y), labels);
