// One text to token ids, without special tokens around it: added tokens are cut out, the rest is normalised, split into
// words, and each word looked up.
import { sectionSplitter, parseAddedTokens } from './added-tokens.ts';
import { isRecord, type JsonRecord } from './json-record.ts';
import { createNormalizer, type Normalizer } from './normalizers/create-normalizer.ts';
import { lowercase } from './normalizers/lowercase.ts';
import { createPreTokenizer } from './pre-tokenizers/create-pre-tokenizer.ts';
import { normalizerConfigOf } from './tokenizer-settings.ts';
import { cacheWords } from './word-cache.ts';
import { createWordModel } from './word-model.ts';

export interface TextEncoder {
  readonly idsOf: (text: string) => readonly number[];
  readonly idOf: (token: string) => number | undefined;
  readonly vocabularySize: number;
}

const SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Python's side refuses lone surrogates; they become U+FFFD, as in `TextEncoder`. */
function wellFormed(text: string): string {
  return SURROGATE.test(text) ? text.replace(LONE_SURROGATE, '\ufffd') : text;
}

function append(ids: number[], more: readonly number[]): void {
  for (const id of more) ids.push(id);
}

/** BERT's normalizer and words never look across a space, so that whole stretches between spaces can be remembered. */
function spacesSeparate(tokenizer: JsonRecord, normalizedSpellings: readonly string[]): boolean {
  const types = [tokenizer['normalizer'], tokenizer['pre_tokenizer']].map((part) =>
    isRecord(part) ? part['type'] : part,
  );
  return types[0] === 'BertNormalizer' && types[1] === 'BertPreTokenizer' && normalizedSpellings.length === 0;
}

/** @throws TokenizerFileError where a part of tokenizer.json is broken or not supported */
export function createTextEncoder(tokenizer: JsonRecord, config: JsonRecord, lowercaseFirst = false): TextEncoder {
  const model = createWordModel(tokenizer['model']);
  const own = createNormalizer(normalizerConfigOf(tokenizer, config));
  const normalize: Normalizer = lowercaseFirst ? (text) => own(lowercase(text)) : own;
  const words = createPreTokenizer(tokenizer['pre_tokenizer']);
  const all = parseAddedTokens(tokenizer['added_tokens']);
  const added = all.filter((token) => !(token.special && config['split_special_tokens'] === true));
  const raw = added.filter((token) => !token.normalized).map((token) => [token.content, token] as const);
  const normal = added.filter((token) => token.normalized).map((token) => [normalize(token.content), token] as const);
  const [splitRaw, splitNormal] = [sectionSplitter(raw), sectionSplitter(normal)];
  const idsOfWord = cacheWords(model.idsOf);
  const asksForFirst = JSON.stringify(tokenizer['pre_tokenizer'] ?? null).includes('"first"');
  /** Python counts a stretch as the first where the text's first character is left of it. */
  const isFirstLeft = (stretch: string): boolean =>
    asksForFirst && normalize(String.fromCodePoint(stretch.codePointAt(0) ?? 0)) !== '';

  const idsOfStretch = (stretch: string, isFirst: boolean): readonly number[] => {
    const ids: number[] = [];
    const first = isFirst && isFirstLeft(stretch);
    splitNormal(normalize(stretch)).forEach((section, index) => {
      if (typeof section !== 'string') ids.push(section.id);
      else for (const word of words(section, first && index === 0)) append(ids, idsOfWord(word));
    });
    return ids;
  };
  const idsOfChunk = cacheWords((chunk) => idsOfStretch(chunk, false));
  const byChunk = spacesSeparate(
    tokenizer,
    normal.map(([spelling]) => spelling),
  );
  const idsOfSection = (section: string, isFirst: boolean, ids: number[]): void => {
    if (!byChunk) append(ids, idsOfStretch(section, isFirst));
    else for (const chunk of section.split(' ')) if (chunk !== '') append(ids, idsOfChunk(chunk));
  };
  const addedIds = new Map(all.map((token) => [token.content, token.id]));
  const largest = all.reduce((most, token) => Math.max(most, token.id + 1), model.vocabularySize);
  return {
    idsOf(text) {
      const ids: number[] = [];
      splitRaw(wellFormed(text)).forEach((section, index) => {
        if (typeof section === 'string') idsOfSection(section, index === 0, ids);
        else ids.push(section.id);
      });
      return ids;
    },
    idOf: (token) => addedIds.get(token) ?? model.idOf(token),
    vocabularySize: largest,
  };
}
