// A sentence encoder as plain data: everything its folder says, and its parameters by path. Programs are built from
// the config alone; the parameters are fed to them or bound.
import type { Parameters } from '@sentence-mtl/core';
import type { EncoderConfig } from '@sentence-mtl/encoder';
import type { DenseConfig, PoolingConfig, PromptConfig, TokenizerTexts } from '@sentence-mtl/model-files';

/** How token embeddings become a sentence embedding. */
export type PoolingSettings = Pick<PoolingConfig, 'modes' | 'includePrompt'>;

/** All that is known of a sentence encoder but its parameters. */
export interface SentenceModelConfig {
  readonly encoder: EncoderConfig;
  /** config.json as it was read; it is written back when the model is saved. */
  readonly source: Readonly<Record<string, unknown>>;
  readonly pooling: PoolingSettings;
  /** Applied in turn to what the pooling gives. */
  readonly dense: readonly DenseConfig[];
  /** Whether sentence embeddings have length 1. */
  readonly normalize: boolean;
  readonly prompts: PromptConfig;
  /** Most tokens of a text, special tokens included. */
  readonly maximumLength: number;
  /** Texts are lower-cased before the tokenizer's own normalisation. */
  readonly lowercase: boolean;
  readonly tokenizerTexts: TokenizerTexts;
}

/** Something that was decided for the caller, who may want another decision. */
export interface ModelNotice {
  readonly kind: 'meanPooling' | 'maximumLength';
  readonly message: string;
}

/** A sentence encoder. Its parameters are named `encoder.…` and `pooling.dense.<index>.…`. */
export interface SentenceModel {
  readonly config: SentenceModelConfig;
  readonly parameters: Parameters;
  readonly notices: readonly ModelNotice[];
}

/** The number of values in a sentence embedding. */
export function embeddingDimension({ encoder, pooling, dense }: SentenceModelConfig): number {
  return dense.at(-1)?.outputSize ?? encoder.hiddenSize * pooling.modes.length;
}
