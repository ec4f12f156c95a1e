import { unreachable } from '@sentence-mtl/core';
import {
  contrastive,
  cosineDistance,
  euclideanDistance,
  knownNumbers,
  manhattanDistance,
  multipleNegativesRanking,
  onlineContrastive,
  shiftedEuclideanDistance,
  shiftedManhattanDistance,
  triplet,
  type Loss,
  type RowDistance,
} from '@sentence-mtl/losses';
import type { Value } from '@sentence-mtl/program';
import { z, type ZodType } from 'zod';

const DISTANCES = ['cosine', 'euclidean', 'manhattan'] as const;

export type EmbeddingDistance = (typeof DISTANCES)[number];

interface DistanceLoss<T extends string> {
  readonly type: T;
  readonly margin: number;
  readonly distance: EmbeddingDistance;
}

/** The losses of embeddings. Those of type `multipleNegativesRanking` and `onlineContrastive` may not be cut; see `BatchLoss`. */
export type EmbeddingLoss =
  | {
      readonly type: 'multipleNegativesRanking';
      readonly scale: number;
      /** Whether documents also find their queries. */
      readonly symmetric: boolean;
      /** Texts of a row, after the first two, that are alike but wrong. */
      readonly hardNegatives: number;
    }
  | DistanceLoss<'triplet'>
  | DistanceLoss<'contrastive'>
  | DistanceLoss<'onlineContrastive'>;

const distanceFields = { margin: z.number().gt(0).default(0.5), distance: z.enum(DISTANCES).default('cosine') };

export const embeddingLossSchema: ZodType<EmbeddingLoss> = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('multipleNegativesRanking'),
      scale: z.number().gt(0).default(20),
      symmetric: z.boolean().default(false),
      hardNegatives: z.int().min(0).max(64).default(0),
    }),
    z.strictObject({ type: z.literal('triplet'), ...distanceFields }),
    z.strictObject({ type: z.literal('contrastive'), ...distanceFields }),
    z.strictObject({ type: z.literal('onlineContrastive'), ...distanceFields }),
  ])
  .prefault({ type: 'multipleNegativesRanking' });

/** As sentence-transformers measures in its triplet loss, and, slightly shifted, in its losses of pairs. */
const distances: Readonly<Record<'rows' | 'pairs', Readonly<Record<EmbeddingDistance, RowDistance>>>> = {
  rows: { cosine: cosineDistance, euclidean: euclideanDistance, manhattan: manhattanDistance },
  pairs: { cosine: cosineDistance, euclidean: shiftedEuclideanDistance, manhattan: shiftedManhattanDistance },
};

/** How many texts a row has. */
export function textsOfLoss(loss: EmbeddingLoss): number {
  if (loss.type === 'multipleNegativesRanking') return 2 + loss.hardNegatives;
  return loss.type === 'triplet' ? 3 : 2;
}

/** Whether its labels say of a pair that it is alike or not, rather than only that it is there. */
export function comparesPairs({ type }: EmbeddingLoss): boolean {
  return type === 'contrastive' || type === 'onlineContrastive';
}

/** The loss of embeddings (B, E), as many as `textsOfLoss` says, for labels float32 (B). */
export function embeddingLoss(loss: EmbeddingLoss, embeddings: readonly [Value, ...Value[]], labels: Value): Loss {
  const [anchor, other = anchor, ...negatives] = embeddings;
  const { present } = knownNumbers(labels);
  switch (loss.type) {
    case 'multipleNegativesRanking':
      return multipleNegativesRanking(anchor, [other, ...negatives], {
        scale: loss.scale,
        present,
        ...(loss.symmetric && { directions: ['query_to_doc', 'doc_to_query'], partition: 'per_direction' }),
      });
    case 'triplet': {
      const [negative = anchor] = negatives;
      return triplet(anchor, other, negative, {
        margin: loss.margin,
        distance: distances.rows[loss.distance],
        present,
      });
    }
    case 'contrastive':
      return contrastive(anchor, other, labels, { margin: loss.margin, distance: distances.pairs[loss.distance] });
    case 'onlineContrastive':
      return onlineContrastive(anchor, other, labels, {
        margin: loss.margin,
        distance: distances.pairs[loss.distance],
      });
    default:
      return unreachable(loss);
  }
}
