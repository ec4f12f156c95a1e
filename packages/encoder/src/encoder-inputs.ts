import type { Value } from '@sentence-mtl/program';

/** The value of a parameter, by its path. */
export type ParametersAt = (path: string) => Value;

/** A batch of texts as values, each int32 (B, T); see `TokenBatch`. */
export interface EncoderInputs {
  readonly inputIds: Value;
  readonly attentionMask: Value;
  /** Left out, all tokens are of type 0. */
  readonly tokenTypeIds?: Value;
}
