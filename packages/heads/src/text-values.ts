import { ProgramError } from '@sentence-mtl/core';
import { poolTokens } from '@sentence-mtl/pooling';
import type { Value } from '@sentence-mtl/program';
import type { HeadInput } from './head-config.ts';

/** A text of each row as values of a program, as far as heads read it. */
export interface TextValues {
  /** (B, E): the sentence embedding before it is normalised. */
  readonly embedding: Value;
  /** (B, E): the same at length 1. */
  readonly normalized: Value;
  /** Left out where there is no encoder in the program, as when heads train on cached embeddings. */
  readonly tokens?: {
    /** (B, T, D) */
    readonly embeddings: Value;
    /** int32 (B, T) */
    readonly attentionMask: Value;
  };
}

/** Sizes that heads are built for. */
export interface EmbeddingSizes {
  /** E, of the sentence embedding. */
  readonly embedding: number;
  /** D, of the token embeddings. */
  readonly tokens: number;
}

/** The width of what `headFeatures` gives. */
export function featureSize(input: HeadInput, { embedding, tokens }: EmbeddingSizes): number {
  return typeof input === 'string' ? embedding : tokens * input.pooling.length;
}

/** What a head reads of a text: (B, F). @throws ProgramError where it pools tokens that are not there */
export function headFeatures(input: HeadInput, { embedding, normalized, tokens }: TextValues): Value {
  if (input === 'normalized') return normalized;
  if (input === 'embedding') return embedding;
  if (tokens !== undefined) return poolTokens(tokens.embeddings, tokens.attentionMask, input.pooling);
  throw new ProgramError(
    `a head that pools tokens itself (${input.pooling.join(', ')}) cannot run on sentence embeddings alone; give it the token embeddings, or let it read "normalized" or "embedding"`,
  );
}

/** One of the texts of a row. @throws ProgramError where there are fewer */
export function textAt(texts: readonly TextValues[], index: number): TextValues {
  const text = texts[index];
  if (text !== undefined) return text;
  throw new ProgramError(`a task reads text ${index + 1} of each row; there are ${texts.length}`);
}
