import type { SentenceTokenizer } from '@sentence-mtl/model';
import type { PreparedExamples } from './prepared-examples.ts';
import type { NamedTensors } from './micro-batch.ts';

/** Gives the texts of a batch in the form that a program begins with: as tokens, or as what lies above a frozen part. */
export interface TextSource {
  /** @param width tokens a row is padded to; left out, the longest of the texts */
  readonly feeds: (texts: readonly number[], width?: number) => Promise<NamedTensors>;
}

/** Texts as token ids. */
export function tokenSource({ encodings }: PreparedExamples, tokenizer: SentenceTokenizer): TextSource {
  return {
    feeds: async (texts, width) => ({
      ...tokenizer.pad(
        texts.flatMap((text) => encodings[text] ?? []),
        { width },
      ),
    }),
  };
}
