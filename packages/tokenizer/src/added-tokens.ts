import { asIndex, asList, asRecord, asString } from './json-record.ts';

/** A token found in the text itself before any normalisation or splitting, such as `[SEP]`. */
export interface AddedToken {
  readonly content: string;
  readonly id: number;
  readonly special: boolean;
  /** Looked for in the normalised text, in its normalised form. */
  readonly normalized: boolean;
  readonly singleWord: boolean;
  /** Takes the white space before it along. */
  readonly stripLeft: boolean;
  readonly stripRight: boolean;
}

/** A stretch of text, or an added token in its place. */
export type Section = string | AddedToken;

/** `added_tokens` of tokenizer.json. @throws TokenizerFileError where one is broken */
export function parseAddedTokens(list: unknown): readonly AddedToken[] {
  return asList(list ?? [], 'added_tokens').map((entry, index) => {
    const where = `added_tokens[${index}]`;
    const token = asRecord(entry, where);
    const special = token['special'] === true;
    return {
      content: asString(token['content'], `${where}.content`),
      id: asIndex(token['id'], `${where}.id`),
      special,
      normalized: typeof token['normalized'] === 'boolean' ? token['normalized'] : !special,
      singleWord: token['single_word'] === true,
      stripLeft: token['lstrip'] === true,
      stripRight: token['rstrip'] === true,
    };
  });
}

const WORD_CHARACTER = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;
const WHITE_SPACE = /\p{White_Space}/u;

function standsAlone(text: string, start: number, end: number): boolean {
  const before = Array.from(text.slice(Math.max(0, start - 2), start)).at(-1);
  const after = text.codePointAt(end);
  const isWord = (character: string | undefined): boolean => character !== undefined && WORD_CHARACTER.test(character);
  return !isWord(before) && !isWord(after === undefined ? undefined : String.fromCodePoint(after));
}

function spaceBefore(text: string, start: number, limit: number): number {
  let from = start;
  while (from > limit && WHITE_SPACE.test(text.charAt(from - 1))) from--;
  return from;
}

function spaceAfter(text: string, end: number): number {
  let to = end;
  while (to < text.length && WHITE_SPACE.test(text.charAt(to))) to++;
  return to;
}

/**
 * A function that cuts text at added tokens, the longest first, as Python's `tokenizers` does.
 *
 * @param tokens pairs of the spelling to look for and the token it stands for
 */
export function sectionSplitter(
  tokens: readonly (readonly [string, AddedToken])[],
): (text: string) => readonly Section[] {
  const bySpelling = new Map(tokens.filter(([spelling]) => spelling !== ''));
  if (bySpelling.size === 0) return (text) => (text === '' ? [] : [text]);
  const spellings = [...bySpelling.keys()].toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(spellings.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'), 'gu');
  return (text) => {
    const sections: Section[] = [];
    let from = 0;
    for (const match of text.matchAll(pattern)) {
      const token = bySpelling.get(match[0]);
      const end = match.index + match[0].length;
      if (token === undefined || match.index < from || (token.singleWord && !standsAlone(text, match.index, end)))
        continue;
      const start = token.stripLeft ? spaceBefore(text, match.index, from) : match.index;
      if (start > from) sections.push(text.slice(from, start));
      sections.push(token);
      from = token.stripRight ? spaceAfter(text, end) : end;
    }
    if (from < text.length) sections.push(from === 0 ? text : text.slice(from));
    return sections;
  };
}
