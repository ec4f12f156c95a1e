import {
  DigitsPreTokenizer,
  PunctuationPreTokenizer,
  SplitPreTokenizer,
  WhitespacePreTokenizer,
} from '@huggingface/tokenizers';
import { characterClass } from '../character-class.ts';
import { TokenizerFileError } from '../errors.ts';
import { asList, asRecord, asString, type JsonRecord } from '../json-record.ts';
import { byteLevel } from './byte-level.ts';
import { metaspace } from './metaspace.ts';

/** Normal text to words; `isFirst` says whether it begins the input. */
export type PreTokenizer = (text: string, isFirst: boolean) => readonly string[];

const { punctuation, whiteSpace } = characterClass;
const BERT_WORDS = new RegExp(`[^${whiteSpace}${punctuation}]+|[${punctuation}]`, 'gu');
const SPACED_WORDS = /\P{White_Space}+/gu;

function sequence(config: JsonRecord): PreTokenizer {
  const all = asList(config['pretokenizers'], 'pre_tokenizer.pretokenizers').map(createPreTokenizer);
  return (text, isFirst) =>
    all.reduce<readonly string[]>(
      (words, split) => words.flatMap((word, index) => split(word, isFirst && index === 0)),
      [text],
    );
}

function fromLibrary(splitter: { pre_tokenize_text(text: string): string[] }): PreTokenizer {
  return (text) => splitter.pre_tokenize_text(text);
}

const KINDS: Readonly<Record<string, (config: JsonRecord) => PreTokenizer>> = {
  BertPreTokenizer: () => (text) => text.match(BERT_WORDS) ?? [],
  ByteLevel: byteLevel,
  Digits: (config) => fromLibrary(new DigitsPreTokenizer(config)),
  Metaspace: metaspace,
  Punctuation: (config) => fromLibrary(new PunctuationPreTokenizer(config)),
  Sequence: sequence,
  Split: (config) => fromLibrary(new SplitPreTokenizer(config)),
  Whitespace: () => fromLibrary(new WhitespacePreTokenizer()),
  WhitespaceSplit: () => (text) => text.match(SPACED_WORDS) ?? [],
};

/** The `pre_tokenizer` of tokenizer.json. @throws TokenizerFileError where its type is not supported */
export function createPreTokenizer(config: unknown): PreTokenizer {
  if (config === null || config === undefined) return (text) => [text];
  const record = asRecord(config, 'pre_tokenizer');
  const type = asString(record['type'], 'pre_tokenizer.type');
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind !== undefined) return kind(record);
  throw new TokenizerFileError(
    `pre_tokenizer type "${type}" is not supported; supported are ${Object.keys(KINDS).join(', ')}`,
  );
}
