// Where a training program begins. What lies below it is frozen, so that its outputs can be computed once, by a
// program of their own, and fed again and again.

/** At the token ids; at what enters a layer, (B, T, D); or at the sentence embedding before it is normalised, (B, E). */
export type ProgramStart =
  | { readonly kind: 'tokens' }
  | { readonly kind: 'layer'; readonly layer: number }
  | { readonly kind: 'embedding' };

/** The start in a word, as a key: `tokens`, `layer 3`, `embedding`. */
export function describeStart(start: ProgramStart): string {
  return start.kind === 'layer' ? `layer ${start.layer}` : start.kind;
}

/** The input that holds the outputs of the frozen part, where a program begins at a layer or at the embedding. */
export const PREFIX_INPUT = 'prefix';
