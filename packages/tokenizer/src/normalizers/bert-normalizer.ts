import { characterClass } from '../character-class.ts';
import { lowercase } from './lowercase.ts';
import { normalForm } from './normal-form.ts';

export interface BertNormalizerOptions {
  /** Drop control characters, NUL and U+FFFD; every white space becomes a space. */
  readonly cleanText: boolean;
  /** Put spaces around Chinese characters. */
  readonly handleChineseCharacters: boolean;
  readonly stripAccents: boolean;
  readonly lowercase: boolean;
}

const PLAIN_ASCII = /^[\x20-\x7e]*$/;
const REMOVED = new RegExp(`[${characterClass.removed}]`, 'gu');
const WHITE_SPACE = new RegExp(characterClass.whiteSpace, 'gu');
const CHINESE = new RegExp(`[${characterClass.chinese}]`, 'gu');
const ACCENT = new RegExp(`[${characterClass.accent}]`, 'gu');

/**
 * The `BertNormalizer` of tokenizer.json, equal to that of Python's `tokenizers`.
 *
 * The library's own walks UTF-16 units, so that it does not see Chinese characters outside the basic plane; it
 * lower-cases whole strings (see {@link lowercase}); and its Unicode tables are those of the running Node.
 */
export function bertNormalizer(options: BertNormalizerOptions): (text: string) => string {
  return (text) => {
    if (PLAIN_ASCII.test(text)) return options.lowercase ? text.toLowerCase() : text;
    let normal = text;
    if (options.cleanText) normal = normal.replace(REMOVED, '').replace(WHITE_SPACE, ' ');
    if (options.handleChineseCharacters) normal = normal.replace(CHINESE, ' $& ');
    if (options.stripAccents) normal = normalForm(normal, 'NFD').replace(ACCENT, '');
    return options.lowercase ? lowercase(normal) : normal;
  };
}
