const CAPITAL_SIGMA = /Σ/g;

/**
 * Lower case, character by character, as Python's `tokenizers` does it.
 *
 * JavaScript lower-cases whole strings: a Σ at the end of a word becomes ς there. Taken by itself it becomes σ. It is
 * the only character whose lower case depends on its neighbours.
 */
export function lowercase(text: string): string {
  return text.replace(CAPITAL_SIGMA, 'σ').toLowerCase();
}
