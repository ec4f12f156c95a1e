import type { TokenBatch } from '@sentence-mtl/core';
import type { TokenizerTexts } from '@sentence-mtl/model-files';
import {
  createTokenizer,
  maximumLengthOf,
  padEncodings,
  TokenizerFileError,
  type Encoding,
  type PadOptions,
  type Tokenizer,
} from '@sentence-mtl/tokenizer';
import { ModelError } from './errors.ts';
import type { SentenceModelConfig } from './sentence-model.ts';

/** Texts to token batches as a sentence encoder takes them. */
export interface SentenceTokenizer {
  /** Most tokens of a text, special tokens included. */
  readonly maximumLength: number;
  /**
   * @param prompt goes in front of each text
   * @throws TextInputError with the row of the first that is not a text
   * @throws ModelError for a token that the encoder does not know
   */
  readonly encode: (texts: readonly string[], prompt?: string) => readonly Encoding[];
  /** One batch, padded to its longest row, or wider, with segments where the encoder has them. */
  readonly pad: (encodings: readonly Encoding[], options?: Pick<PadOptions, 'width'>) => TokenBatch;
  /** How many tokens of a row are a prompt's, of those before the text: the special tokens in front included. */
  readonly promptLength: (prompt: string) => number;
}

function parseFile(texts: TokenizerTexts, name: string): unknown {
  const text = texts[name];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TokenizerFileError(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** The longest text that the tokenizer's files allow. @throws TokenizerFileError where they are broken */
export function tokenizerMaximumLength(texts: TokenizerTexts): number {
  return maximumLengthOf(parseFile(texts, 'tokenizer_config.json')) ?? Number.POSITIVE_INFINITY;
}

function parseTokenizer({ tokenizerTexts, lowercase, maximumLength }: SentenceModelConfig): Tokenizer {
  const tokenizer = parseFile(tokenizerTexts, 'tokenizer.json');
  if (tokenizer === undefined) {
    throw new TokenizerFileError(
      `the model has no tokenizer.json; make one once, in Python, in its folder: python -c "from transformers import AutoTokenizer; AutoTokenizer.from_pretrained('.').save_pretrained('.')"`,
    );
  }
  const config = parseFile(tokenizerTexts, 'tokenizer_config.json');
  return createTokenizer({ tokenizer, config }, { maximumLength, lowercase });
}

/** @throws ModelError for a token that has no row in the word table: it was added to the tokenizer only */
function checkVocabulary(encodings: readonly Encoding[], vocabularySize: number): void {
  encodings.forEach(({ ids }, row) => {
    const unknown = ids.find((id) => id >= vocabularySize);
    if (unknown === undefined) return;
    throw new ModelError(
      `text ${row} of the batch has the token ${unknown}, but the encoder knows ${vocabularySize} tokens; its tokenizer.json is of another model, or was extended without it`,
    );
  });
}

/** The number of tokens of a prompt, without the special token that may follow it. */
function promptLengthOf(tokenizer: Tokenizer, prompt: string): number {
  const [whole] = tokenizer.encode([prompt]);
  const [bare] = tokenizer.encode([prompt], { addSpecialTokens: false });
  const [all, text] = [whole?.ids ?? [], bare?.ids ?? []];
  const endsInText = all.length === text.length || all.at(-1) === text.at(-1);
  return all.length - (endsInText ? 0 : 1);
}

/** @throws TokenizerFileError where the model's files are missing, broken or not supported */
export function sentenceTokenizer(config: SentenceModelConfig): SentenceTokenizer {
  const tokenizer = parseTokenizer(config);
  const { tokenTypeCount, vocabularySize } = config.encoder;
  return {
    maximumLength: tokenizer.maximumLength,
    encode(texts, prompt = '') {
      // What is no text stays as it is, for the tokenizer to refuse.
      const prompted = (text: unknown): string => (typeof text === 'string' ? prompt + text : (text as string));
      const encodings = tokenizer.encode(prompt === '' ? texts : texts.map(prompted));
      if (tokenizer.vocabularySize > vocabularySize) checkVocabulary(encodings, vocabularySize);
      return encodings;
    },
    pad: (encodings, options) =>
      padEncodings(encodings, tokenizer.padding, { ...options, tokenTypeIds: tokenTypeCount > 1 }),
    promptLength: (prompt) => promptLengthOf(tokenizer, prompt),
  };
}
