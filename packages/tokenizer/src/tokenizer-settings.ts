import { describeValue } from '@sentence-mtl/core';
import { TokenizerFileError } from './errors.ts';
import { asIndex, asRecord, isRecord, type JsonRecord } from './json-record.ts';

export type Side = 'left' | 'right';

/** What rows shorter than the longest are filled up with. */
export interface Padding {
  readonly side: Side;
  readonly id: number;
  readonly typeId: number;
}

/** transformers writes 1e30 for "no limit". */
const NO_LIMIT = 1e9;

function side(value: unknown, where: string): Side {
  const text = typeof value === 'string' ? value.toLowerCase() : (value ?? 'right');
  if (text === 'left' || text === 'right') return text;
  throw new TokenizerFileError(`${where} is ${describeValue(value)}; left or right is needed`);
}

function contentOf(token: unknown): string | undefined {
  const content = isRecord(token) ? token['content'] : token;
  return typeof content === 'string' ? content : undefined;
}

/**
 * Padding as the files ask for it: tokenizer_config.json first, then `padding` of tokenizer.json (whose fixed length is
 * not taken over: rows are padded to the longest of their batch).
 *
 * @throws TokenizerFileError where the padding token is not in the vocabulary
 */
export function paddingOf(
  tokenizer: JsonRecord,
  config: JsonRecord,
  idOf: (token: string) => number | undefined,
): Padding {
  const fromFile = isRecord(tokenizer['padding']) ? tokenizer['padding'] : {};
  const token = contentOf(config['pad_token']) ?? contentOf(fromFile['pad_token']);
  const id = token === undefined ? undefined : idOf(token);
  if (token !== undefined && id === undefined) {
    throw new TokenizerFileError(
      `the padding token "${token}" of tokenizer_config.json is not in the vocabulary of tokenizer.json`,
    );
  }
  return {
    side: side(config['padding_side'] ?? fromFile['direction'], 'padding_side of tokenizer_config.json'),
    // A model without a padding token masks what is padded: any id will do.
    id: id ?? asIndex(fromFile['pad_id'] ?? 0, 'padding.pad_id of tokenizer.json'),
    typeId: asIndex(
      config['pad_token_type_id'] ?? fromFile['pad_type_id'] ?? 0,
      'pad_token_type_id of tokenizer_config.json',
    ),
  };
}

/** Which end is cut off a text that is too long. */
export function truncationSideOf(config: JsonRecord): Side {
  return side(config['truncation_side'], 'truncation_side of tokenizer_config.json');
}

/**
 * `model_max_length` of a parsed tokenizer_config.json, or undefined where the file sets no limit.
 *
 * @throws TokenizerFileError where it is no count
 */
export function maximumLengthOf(config: unknown): number | undefined {
  const value = asRecord(config ?? {}, 'tokenizer_config.json')['model_max_length'];
  if (value === undefined || value === null || (typeof value === 'number' && value > NO_LIMIT)) return undefined;
  return asIndex(value, 'model_max_length of tokenizer_config.json');
}

const BERT_OVERRIDES = {
  do_lower_case: 'lowercase',
  strip_accents: 'strip_accents',
  tokenize_chinese_chars: 'handle_chinese_chars',
} as const;

/** The normalizer of tokenizer.json; as in transformers, what tokenizer_config.json says of a `BertNormalizer` wins. */
export function normalizerConfigOf(tokenizer: JsonRecord, config: JsonRecord): unknown {
  const normalizer = tokenizer['normalizer'];
  if (!isRecord(normalizer) || normalizer['type'] !== 'BertNormalizer') return normalizer;
  const overrides = Object.entries(BERT_OVERRIDES).filter(([key]) => typeof config[key] === 'boolean');
  return { ...normalizer, ...Object.fromEntries(overrides.map(([key, name]) => [name, config[key]])) };
}
