import { POOLING_MODES, type PoolingMode } from '@sentence-mtl/pooling';
import { z, type ZodType } from 'zod';

/**
 * What a head reads of a text: the sentence embedding at length 1, the embedding before it is normalised, or a pooling
 * of the token embeddings of its own.
 */
export type HeadInput = 'normalized' | 'embedding' | { readonly pooling: readonly PoolingMode[] };

export const HEAD_ACTIVATIONS = ['tanh', 'relu', 'gelu'] as const;

export type HeadActivation = (typeof HEAD_ACTIVATIONS)[number];

/**
 * The layers between a text's embedding and the outputs of a task. Without hidden layers it is the linear head; with
 * one of the encoder's width it is a head of Hugging Face's sequence classifiers (`huggingFaceHead`).
 */
export interface HeadConfig {
  readonly input: HeadInput;
  /** A learned factor of the input, and where it starts; null for none. An input of length 1 bounds the logits. */
  readonly logitScale: number | null;
  /** Dropout of the input. */
  readonly inputDropout: number;
  readonly hiddenSizes: readonly number[];
  /** Follows each hidden layer. */
  readonly activation: HeadActivation;
  /** Dropout of what each hidden layer gives. */
  readonly dropout: number;
}

const rate = z.number().min(0).lt(1).default(0);

export const headSchema: ZodType<HeadConfig> = z
  .strictObject({
    input: z
      .union([z.enum(['normalized', 'embedding']), z.strictObject({ pooling: z.array(z.enum(POOLING_MODES)).min(1) })])
      .default('normalized'),
    logitScale: z.number().gt(0).max(1000).nullable().default(null),
    inputDropout: rate,
    hiddenSizes: z.array(z.int().min(1).max(65536)).max(16).default([]),
    activation: z.enum(HEAD_ACTIVATIONS).default('gelu'),
    dropout: rate,
  })
  .prefault({});
