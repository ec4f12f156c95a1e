// Texts as heads read them, from wherever a program begins: the part that all programs over a model share.
import { ProgramError } from '@sentence-mtl/core';
import { encodeLayers, type ParametersAt } from '@sentence-mtl/encoder';
import type { TextValues } from '@sentence-mtl/heads';
import {
  embeddingDimension,
  poolSentences,
  sentenceEmbedding,
  textValues,
  tokenInputs,
  tokensOf,
  type SentenceModelConfig,
} from '@sentence-mtl/model';
import { normalize } from '@sentence-mtl/pooling';
import { float32, int32, reshape, type InputTypes, type Value } from '@sentence-mtl/program';
import { PREFIX_INPUT, type ProgramStart } from './program-start.ts';

export interface TextContext {
  readonly parameters: ParametersAt;
  /** int32 (2), as `dropoutKey` gives; left out, nothing is dropped. */
  readonly dropoutKey?: Value | undefined;
}

export interface EncodedTexts extends TextValues {
  /** The rows of the word table that were looked up; absent where a program begins above them. */
  readonly wordRows?: Value;
}

/** The inputs that texts come in by. */
export function textInputs(config: SentenceModelConfig, start: ProgramStart): InputTypes {
  const attentionMask = int32('batch', 'sequence');
  switch (start.kind) {
    case 'tokens':
      return tokenInputs(config);
    case 'layer':
      return { [PREFIX_INPUT]: float32('batch', 'sequence', config.encoder.hiddenSize), attentionMask };
    default:
      return { [PREFIX_INPUT]: float32('batch', embeddingDimension(config)) };
  }
}

/** The value of an input. @throws ProgramError when there is none of this name */
export function valueOf(inputs: Readonly<Record<string, Value>>, name: string): Value {
  const value = inputs[name];
  if (value === undefined) throw new ProgramError(`the program has no input "${name}"`);
  return value;
}

/** Encodes the texts of a batch, (B, …), from the inputs that `textInputs` declares. */
export function encodeTexts(
  config: SentenceModelConfig,
  start: ProgramStart,
  inputs: Readonly<Record<string, Value>>,
  context: TextContext,
): EncodedTexts {
  if (start.kind === 'embedding') {
    const embedding = valueOf(inputs, PREFIX_INPUT);
    return { embedding, normalized: normalize(embedding) };
  }
  if (start.kind === 'tokens') {
    const tokens = tokensOf(inputs);
    const encoded = sentenceEmbedding(config, tokens, context);
    return { ...textValues(config, encoded, tokens.attentionMask), wordRows: encoded.wordRows };
  }
  const { hiddenSize } = config.encoder;
  const attentionMask = valueOf(inputs, 'attentionMask');
  const hidden = reshape(valueOf(inputs, PREFIX_INPUT), [-1, hiddenSize]) as Value<'float32'>;
  const last = encodeLayers(config.encoder, hidden, attentionMask, start.layer, context).at(-1) ?? hidden;
  const tokenEmbeddings = reshape(last, ['batch', 'sequence', hiddenSize]);
  const pooled = poolSentences(config, tokenEmbeddings, attentionMask, context);
  return textValues(config, { ...pooled, tokenEmbeddings }, attentionMask);
}
