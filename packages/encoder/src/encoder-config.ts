import type { Activation } from './activation.ts';

/** The architectures that can be read, by their `model_type`. */
export const ARCHITECTURES = ['bert', 'distilbert', 'roberta', 'xlm-roberta', 'mpnet', 'electra', 'albert'] as const;

export type Architecture = (typeof ARCHITECTURES)[number];

/** Dropout rates, by the place where elements are dropped; 0 where an architecture has none. */
export interface DropoutRates {
  readonly embeddings: number;
  /** The shares of attention. */
  readonly attention: number;
  /** What attention adds to the residual stream. */
  readonly attentionOutput: number;
  /** What the feed-forward part adds to the residual stream. */
  readonly feedForward: number;
}

/** An encoder's sizes and choices, in the same words for every architecture. */
export interface EncoderConfig {
  readonly architecture: Architecture;
  readonly vocabularySize: number;
  /** Rows of the position table. */
  readonly positionCount: number;
  /** `absolute`: 0, 1, 2, …; `afterPadding`: from padTokenId + 1 on, counting the ids that are not padding. */
  readonly positionScheme: 'absolute' | 'afterPadding';
  readonly padTokenId: number;
  /** Rows of the token type table; 0 where there is none. */
  readonly tokenTypeCount: number;
  /** Columns of the embedding tables; a projection follows where it is not the hidden size. */
  readonly embeddingSize: number;
  readonly hiddenSize: number;
  readonly headCount: number;
  readonly layerCount: number;
  /** Whether all layers have the parameters of layer 0, as in ALBERT. */
  readonly sharedLayers: boolean;
  readonly intermediateSize: number;
  readonly activation: Activation;
  readonly layerNormEpsilon: number;
  /** Buckets of relative positions that bias attention, as in MPNet; 0 where there are none. */
  readonly relativePositionBuckets: number;
  readonly dropout: DropoutRates;
  /** Standard deviation of fresh weights. */
  readonly initializerRange: number;
}

/** The longest text in tokens, special ones included. */
export function maximumLength(config: EncoderConfig): number {
  return config.positionScheme === 'absolute' ? config.positionCount : config.positionCount - config.padTokenId - 1;
}
