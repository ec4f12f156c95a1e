// The part of a program that every use of a sentence encoder shares: encoding, heads and training put their own
// values on top of these, with the parameters as inputs or as constants.
import { encode, type EncoderInputs, type ParametersAt } from '@sentence-mtl/encoder';
import { dense, normalize, poolTokens } from '@sentence-mtl/pooling';
import type { Value } from '@sentence-mtl/program';
import type { SentenceModelConfig } from './sentence-model.ts';
import { densePath } from './sentence-parameters.ts';

export interface SentenceEmbeddingOptions {
  /** The value of a parameter, by its path. */
  readonly parameters: ParametersAt;
  /** int32 (2), as `dropoutKey` gives; left out, nothing is dropped. */
  readonly dropoutKey?: Value | undefined;
  /** int32 (): the first tokens of each row that are a prompt's, where the model leaves these out of the pooling. */
  readonly promptLength?: Value | undefined;
}

/** Sentence embeddings of token embeddings. */
export interface PooledSentences {
  /** (B, E): what the pooling and the dense layers give. */
  readonly unnormalizedEmbedding: Value<'float32'>;
  /** (B, E): the same, of length 1 where the model says so. */
  readonly sentenceEmbedding: Value<'float32'>;
}

export interface SentenceEmbedding extends PooledSentences {
  /** The rows of the word table that were looked up, (B·T, E): where the table's gradient is taken. */
  readonly wordRows: Value;
  /** What enters the first layer and what leaves each, (B·T, D). */
  readonly hiddenStates: readonly Value<'float32'>[];
  /** (B, T, D) */
  readonly tokenEmbeddings: Value<'float32'>;
}

/** Pooling, dense layers and normalisation: token embeddings (B, T, D) and their mask (B, T) to (B, E). */
export function poolSentences(
  config: SentenceModelConfig,
  tokenEmbeddings: Value,
  attentionMask: Value,
  { parameters, promptLength }: Omit<SentenceEmbeddingOptions, 'dropoutKey'>,
): PooledSentences {
  const excluded = config.pooling.includePrompt || promptLength === undefined ? {} : { promptLength };
  let x = poolTokens(tokenEmbeddings, attentionMask, config.pooling.modes, excluded);
  for (const [index, { bias, residual, inputSize, outputSize, activation }] of config.dense.entries()) {
    const at = (name: string): Value => parameters(`${densePath(index)}.${name}`);
    const added = inputSize === outputSize ? ('identity' as const) : undefined;
    const layer = {
      weight: at('weight'),
      ...(bias && { bias: at('bias') }),
      ...(residual && { residual: added ?? at('residual.weight') }),
    };
    x = dense(x, layer, activation);
  }
  return { unnormalizedEmbedding: x, sentenceEmbedding: config.normalize ? normalize(x) : x };
}

/** A whole sentence encoder: token ids (B, T) to sentence embeddings (B, E). */
export function sentenceEmbedding(
  config: SentenceModelConfig,
  tokens: EncoderInputs,
  options: SentenceEmbeddingOptions,
): SentenceEmbedding {
  const encoded = encode(config.encoder, tokens, options);
  return { ...encoded, ...poolSentences(config, encoded.tokenEmbeddings, tokens.attentionMask, options) };
}
