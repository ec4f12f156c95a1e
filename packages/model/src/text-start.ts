// Where a program over texts begins: with tokens, which it encodes, or with token embeddings that an exported graph of the
// encoder has made. Everything after the encoder is the same.
import { ProgramError } from '@sentence-mtl/core';
import { float32, int32, type InputTypes, type InputValues, type Value } from '@sentence-mtl/program';
import { poolSentences, sentenceEmbedding, type PooledSentences } from './sentence-embedding.ts';
import { columnName, parameterInputs, parametersAt, tokenInputs, tokensOf } from './sentence-inputs.ts';
import type { SentenceModelConfig } from './sentence-model.ts';

export type TextStart = 'tokens' | 'tokenEmbeddings';

/** The input of token embeddings, (B, T, D). */
export const TOKEN_EMBEDDINGS = 'tokenEmbeddings';

/** Encoded texts, (B, T, D), with their mask (B, T) and their embeddings. */
export interface EncodedTexts extends PooledSentences {
  readonly tokenEmbeddings: Value<'float32'>;
  readonly attentionMask: Value;
}

/** The inputs of a column of texts. */
export function startInputs(config: SentenceModelConfig, start: TextStart, column = 0): InputTypes {
  if (start === 'tokens') return tokenInputs(config, column);
  const sequence = column === 0 ? 'sequence' : `sequence${column}`;
  return {
    [columnName(TOKEN_EMBEDDINGS, column)]: float32('batch', sequence, config.encoder.hiddenSize),
    [columnName('attentionMask', column)]: int32('batch', sequence),
  };
}

/** An input for each parameter that is needed from there on, named by its path. */
export function startParameterInputs(config: SentenceModelConfig, start: TextStart): InputTypes {
  const all = parameterInputs(config);
  if (start === 'tokens') return all;
  return Object.fromEntries(Object.entries(all).filter(([path]) => !path.startsWith('encoder.')));
}

/** The texts of a column, encoded. */
export function encodedTexts(
  config: SentenceModelConfig,
  start: TextStart,
  inputs: InputValues<InputTypes>,
  column = 0,
): EncodedTexts {
  const options = { parameters: parametersAt(inputs), promptLength: inputs['promptLength'] };
  if (start === 'tokens') {
    const tokens = tokensOf(inputs, column);
    return { ...sentenceEmbedding(config, tokens, options), attentionMask: tokens.attentionMask };
  }
  const tokenEmbeddings = inputs[columnName(TOKEN_EMBEDDINGS, column)] as Value<'float32'> | undefined;
  const attentionMask = inputs[columnName('attentionMask', column)];
  if (tokenEmbeddings === undefined || attentionMask === undefined) {
    throw new ProgramError(`the program has no token embeddings of column ${column}; startInputs declares them`);
  }
  return { ...poolSentences(config, tokenEmbeddings, attentionMask, options), tokenEmbeddings, attentionMask };
}
