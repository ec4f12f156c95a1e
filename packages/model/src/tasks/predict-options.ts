import type { PairTaskName, Predictions, Tasks, TextTaskName } from '@sentence-mtl/heads';
import type { BatchOptions, EncodingProgress } from '../encode-options.ts';

export interface PairPredictOptions<K extends string> extends BatchOptions {
  /** The tasks that are wanted; default: all that the rows have. What is not asked for is not computed. */
  readonly tasks?: readonly K[] | undefined;
  /** List this many labels, the best, beside the predicted one. */
  readonly topK?: number | undefined;
  readonly onProgress?: ((progress: EncodingProgress) => void) | undefined;
}

export interface PredictOptions<K extends string> extends PairPredictOptions<K> {
  /** Give the sentence embedding of each text too. */
  readonly embeddings?: boolean | undefined;
}

/** A row with the sentence embedding, as `encode` gives it. */
export interface WithEmbedding {
  readonly embedding: Float32Array;
}

/** What is predicted of one text. */
export type TextPredictions<T extends Tasks, K extends string = TextTaskName<T>> = Predictions<T, K & keyof T>;
/** What is predicted of two texts. */
export type PairPredictions<T extends Tasks, K extends string = PairTaskName<T>> = Predictions<T, K & keyof T>;
