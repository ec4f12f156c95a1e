import { ArgumentError, nearestMatch } from '@sentence-mtl/core';
import { PRECISIONS, type EmbeddingPrecision } from './embeddings.ts';
import type { PromptOptions } from './prompt.ts';
import type { QuantizationRanges } from './quantize-embeddings.ts';

/** How far encoding has come. */
export interface EncodingProgress {
  /** Texts encoded so far. */
  readonly done: number;
  readonly total: number;
  /** Of all tokens that go through the encoder, the part that is padding, from 0 to 1. */
  readonly paddingFraction: number;
}

export interface BatchOptions extends PromptOptions {
  /** Texts that are encoded together; in place of `tokenBudget`. */
  readonly batchSize?: number | undefined;
  /** Most tokens, padding included, that are encoded together. */
  readonly tokenBudget?: number | undefined;
  /** Ends the work, after the batch in hand. */
  readonly signal?: AbortSignal | undefined;
}

/** What is done with sentence embeddings once they are computed. */
export interface SentenceOptions<P extends EmbeddingPrecision = EmbeddingPrecision> {
  /** Length 1 (true), the length as it comes (false), or as the model's folder says (left out). */
  readonly normalize?: boolean | undefined;
  /** Keep this many dimensions, the first; `normalize: true` then makes these of length 1. */
  readonly truncateDimension?: number | undefined;
  /** Default `float32`. */
  readonly precision?: P | undefined;
  /** For `int8` and `uint8`: the ranges of the dimensions; default: those of the texts given. */
  readonly ranges?: QuantizationRanges | undefined;
}

export interface EncodeOptions<P extends EmbeddingPrecision = EmbeddingPrecision>
  extends BatchOptions, SentenceOptions<P> {
  /** A vector a text, the default, or one a token. */
  readonly output?: 'sentence' | 'token' | undefined;
  readonly onProgress?: ((progress: EncodingProgress) => void) | undefined;
}

/** The precision asked for. @throws ArgumentError where there is none of that name */
export function precisionOf(name: string | undefined): EmbeddingPrecision {
  const precision = PRECISIONS.find((each) => each === (name ?? 'float32'));
  if (precision !== undefined) return precision;
  const nearest = nearestMatch(name ?? '', PRECISIONS);
  throw new ArgumentError(
    `precision is "${name}"; it is one of ${PRECISIONS.join(', ')}${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
  );
}

/** @throws ArgumentError unless it is a whole number from 1 to the dimension */
export function checkTruncation(truncateDimension: number | undefined, dimension: number): void {
  if (truncateDimension === undefined) return;
  if (Number.isInteger(truncateDimension) && truncateDimension >= 1 && truncateDimension <= dimension) return;
  throw new ArgumentError(
    `truncateDimension is ${truncateDimension}; a whole number from 1 to ${dimension}, the embedding's dimension, is needed`,
  );
}
