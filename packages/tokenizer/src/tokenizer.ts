import { ArgumentError, describeValue } from '@sentence-mtl/core';
import { TextInputError, TokenizerFileError } from './errors.ts';
import { asRecord, isRecord } from './json-record.ts';
import { addedBy, createTemplate, type TemplateItem } from './template.ts';
import { createTextEncoder } from './text-encoder.ts';
import { maximumLengthOf, paddingOf, truncationSideOf, type Padding } from './tokenizer-settings.ts';
import { cutTo, longestFirst } from './truncate.ts';

/** A text, or two that are read together. */
export type TextInput = string | readonly [first: string, second: string];

/** The tokens of one row, special tokens included, not yet padded. */
export interface Encoding {
  readonly ids: readonly number[];
  /** The segment of each token: 0, or what the files say of the second text of a pair. */
  readonly typeIds: readonly number[];
}

/** The parsed files of a fast tokenizer. */
export interface TokenizerFiles {
  /** `tokenizer.json` */
  readonly tokenizer: unknown;
  /** `tokenizer_config.json` */
  readonly config?: unknown;
}

export interface TokenizerOptions {
  /** Most tokens of a row, special tokens included; default `model_max_length` of the files, or no limit. */
  readonly maximumLength?: number | undefined;
  /**
   * Lower-case a text before the normalisation of the files, as sentence-transformers does where a model's
   * `do_lower_case` says so; the special tokens in it are found first. Default false.
   */
  readonly lowercase?: boolean;
}

export interface EncodeOptions extends Pick<TokenizerOptions, 'maximumLength'> {
  /** Put the model's special tokens around the texts; default true. */
  readonly addSpecialTokens?: boolean;
}

/** Text to token ids, equal to what Python's `tokenizers` gives for the same files. */
export interface Tokenizer {
  readonly maximumLength: number;
  readonly padding: Padding;
  /** One more than the largest id. */
  readonly vocabularySize: number;
  /** The id of a token as it stands in the vocabulary. */
  readonly idOf: (token: string) => number | undefined;
  /** @throws TextInputError with the row's index where an input is not a text or a pair of texts */
  encode(inputs: readonly TextInput[], options?: EncodeOptions): readonly Encoding[];
}

function textsOf(input: unknown, row: number): readonly [string, string | undefined] {
  if (typeof input === 'string') return [input, undefined];
  if (Array.isArray(input) && input.length === 2) {
    const [first, second]: readonly unknown[] = input;
    if (typeof first === 'string' && typeof second === 'string') return [first, second];
  }
  throw new TextInputError(
    row,
    `row ${row}: the input is ${describeValue(input)}; a text or a pair of texts is needed`,
  );
}

function fill(items: readonly TemplateItem[], first: readonly number[], second: readonly number[]): Encoding {
  const ids: number[] = [];
  const typeIds: number[] = [];
  for (const item of items) {
    const part = item.kind === 'special' ? item.ids : item.text === 'A' ? first : second;
    for (const id of part) {
      ids.push(id);
      typeIds.push(item.typeId);
    }
  }
  return { ids, typeIds };
}

function checkLength(length: number, added: number): void {
  if ((Number.isInteger(length) || length === Number.POSITIVE_INFINITY) && length >= added) return;
  throw new ArgumentError(
    `maximumLength is ${length}; a whole number of at least ${added} is needed, for the special tokens alone`,
  );
}

/**
 * Reads a tokenizer from its parsed files. Truncation and padding set inside tokenizer.json are overruled.
 *
 * @throws TokenizerFileError where a file is broken or asks for something that is not supported
 */
export function createTokenizer(files: TokenizerFiles, options: TokenizerOptions = {}): Tokenizer {
  const tokenizer = asRecord(files.tokenizer, 'tokenizer.json');
  if (!isRecord(files.config ?? {})) throw new TokenizerFileError('tokenizer_config.json is not an object');
  const config = asRecord(files.config ?? {}, 'tokenizer_config.json');
  const encoder = createTextEncoder(tokenizer, config, options.lowercase);
  const template = createTemplate(tokenizer['post_processor']);
  const side = truncationSideOf(config);
  const maximumLength = options.maximumLength ?? maximumLengthOf(config) ?? Number.POSITIVE_INFINITY;

  const encodeRow = (input: unknown, row: number, limit: number, addSpecialTokens: boolean): Encoding => {
    const [first, second] = textsOf(input, row);
    const all = second === undefined ? template.single : template.pair;
    const items = addSpecialTokens ? all : all.filter((item) => item.kind === 'text');
    const room = limit - addedBy(items);
    if (room < 0) checkLength(limit, addedBy(items));
    const a = encoder.idsOf(first);
    const b = second === undefined ? [] : encoder.idsOf(second);
    const [keptA, keptB] = longestFirst(a.length, b.length, room);
    return fill(items, cutTo(a, keptA, side), cutTo(b, keptB, side));
  };
  checkLength(maximumLength, addedBy(template.single));
  return {
    maximumLength,
    padding: paddingOf(tokenizer, config, encoder.idOf),
    vocabularySize: encoder.vocabularySize,
    idOf: encoder.idOf,
    encode(inputs, { maximumLength: limit = maximumLength, addSpecialTokens = true } = {}) {
      checkLength(limit, addSpecialTokens ? addedBy(template.single) : 0);
      return inputs.map((input, row) => encodeRow(input, row, limit, addSpecialTokens));
    },
  };
}
