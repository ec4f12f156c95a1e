import { ReplaceNormalizer } from '@huggingface/tokenizers';
import { characterClass } from '../character-class.ts';
import { TokenizerFileError } from '../errors.ts';
import { asList, asRecord, asString, type JsonRecord } from '../json-record.ts';
import { bertNormalizer } from './bert-normalizer.ts';
import { lowercase } from './lowercase.ts';
import { normalForm } from './normal-form.ts';
import { precompiledCharsmap } from './precompiled-charsmap.ts';

/** Text to normal text. */
export type Normalizer = (text: string) => string;

const MARK = new RegExp(`[${characterClass.combiningMark}]`, 'gu');
const SPACE_AT_START = new RegExp(`^${characterClass.whiteSpace}+`, 'u');

function stripEnd(text: string): string {
  // Not by /\s+$/, which takes quadratic time on a run of spaces inside the text.
  let end = text.length;
  while (end > 0 && SPACE_AT_START.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

function strip(config: JsonRecord): Normalizer {
  return (text) => {
    const left = config['strip_left'] === false ? text : text.replace(SPACE_AT_START, '');
    return config['strip_right'] === false ? left : stripEnd(left);
  };
}

function bert(config: JsonRecord): Normalizer {
  const lower = config['lowercase'] !== false;
  const accents = config['strip_accents'];
  return bertNormalizer({
    cleanText: config['clean_text'] !== false,
    handleChineseCharacters: config['handle_chinese_chars'] !== false,
    stripAccents: typeof accents === 'boolean' ? accents : lower,
    lowercase: lower,
  });
}

function sequence(config: JsonRecord): Normalizer {
  const all = asList(config['normalizers'], 'normalizer.normalizers').map(createNormalizer);
  return (text) => all.reduce((normal, normalizer) => normalizer(normal), text);
}

function replace(config: JsonRecord): Normalizer {
  const pattern = asRecord(config['pattern'], 'normalizer.pattern');
  const content = asString(config['content'], 'normalizer.content');
  const { String: literal } = pattern;
  if (typeof literal === 'string') return (text) => text.replaceAll(literal, () => content);
  const normalizer = new ReplaceNormalizer(config);
  return (text) => normalizer.normalize(text);
}

const KINDS: Readonly<Record<string, (config: JsonRecord) => Normalizer>> = {
  BertNormalizer: bert,
  Lowercase: () => lowercase,
  NFC: () => (text) => normalForm(text, 'NFC'),
  NFD: () => (text) => normalForm(text, 'NFD'),
  NFKC: () => (text) => normalForm(text, 'NFKC'),
  NFKD: () => (text) => normalForm(text, 'NFKD'),
  Precompiled: (config) =>
    precompiledCharsmap(asString(config['precompiled_charsmap'], 'normalizer.precompiled_charsmap')),
  Prepend: (config) => {
    const prefix = asString(config['prepend'], 'normalizer.prepend');
    return (text) => (text === '' ? text : prefix + text);
  },
  Replace: replace,
  Sequence: sequence,
  Strip: strip,
  StripAccents: () => (text) => text.replace(MARK, ''),
};

/** The `normalizer` of tokenizer.json. @throws TokenizerFileError where its type is not supported */
export function createNormalizer(config: unknown): Normalizer {
  if (config === null || config === undefined) return (text) => text;
  const record = asRecord(config, 'normalizer');
  const type = asString(record['type'], 'normalizer.type');
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind !== undefined) return kind(record);
  throw new TokenizerFileError(
    `normalizer type "${type}" is not supported; supported are ${Object.keys(KINDS).join(', ')}`,
  );
}
