import { describeValue } from '@sentence-mtl/core';
import { TokenizerFileError } from '../errors.ts';
import { asString, type JsonRecord } from '../json-record.ts';
import type { PreTokenizer } from './create-pre-tokenizer.ts';

/**
 * `Metaspace`: spaces become ▁, one is put in front, and the text is cut before each of them. (The library never cuts;
 * its words then run over several words of the text.)
 */
export function metaspace(config: JsonRecord): PreTokenizer {
  const mark = asString(config['replacement'] ?? '▁', 'pre_tokenizer.replacement');
  const scheme = config['prepend_scheme'] ?? (config['add_prefix_space'] === false ? 'never' : 'always');
  if (scheme !== 'always' && scheme !== 'first' && scheme !== 'never') {
    throw new TokenizerFileError(
      `pre_tokenizer.prepend_scheme is ${describeValue(scheme)}; always, first or never is needed`,
    );
  }
  const cut = config['split'] !== false;
  return (text, isFirst) => {
    const marked = text.replaceAll(' ', mark);
    const prepended = scheme === 'always' || (scheme === 'first' && isFirst);
    const whole = prepended && !marked.startsWith(mark) ? mark + marked : marked;
    if (!cut) return [whole];
    const [head = '', ...words] = whole.split(mark);
    return [...(head === '' ? [] : [head]), ...words.map((word) => mark + word)];
  };
}
