// What a post-processor adds around one text and around two: a list of special tokens and places for the texts.
import { describeValue } from '@sentence-mtl/core';
import { TokenizerFileError } from './errors.ts';
import { asIndex, asList, asRecord, asString, isRecord, type JsonRecord } from './json-record.ts';

/** A special token, or the place of text A or B, with the segment it counts to. */
export type TemplateItem =
  | { readonly kind: 'special'; readonly ids: readonly number[]; readonly typeId: number }
  | { readonly kind: 'text'; readonly text: 'A' | 'B'; readonly typeId: number };

export interface Template {
  readonly single: readonly TemplateItem[];
  readonly pair: readonly TemplateItem[];
}

const text = (name: 'A' | 'B', typeId: number): TemplateItem => ({ kind: 'text', text: name, typeId });
const special = (id: number, typeId: number): TemplateItem => ({ kind: 'special', ids: [id], typeId });

const NOTHING_ADDED: Template = { single: [text('A', 0)], pair: [text('A', 0), text('B', 1)] };

function templateProcessing(config: JsonRecord): Template {
  const specials = asRecord(config['special_tokens'] ?? {}, 'post_processor.special_tokens');
  const item = (value: unknown): TemplateItem => {
    const record = asRecord(value, 'an item of post_processor');
    const sequence = record['Sequence'];
    const inner = asRecord(sequence ?? record['SpecialToken'], 'an item of post_processor');
    const id = asString(inner['id'], 'an id of post_processor');
    const typeId = asIndex(inner['type_id'] ?? 0, 'a type_id of post_processor');
    if (sequence !== undefined) return text(id === 'B' ? 'B' : 'A', typeId);
    const token = asRecord(specials[id], `post_processor.special_tokens["${id}"]`);
    const ids = asList(token['ids'], `ids of "${id}" in post_processor`).map((each) =>
      asIndex(each, `an id of "${id}"`),
    );
    return { kind: 'special', ids, typeId };
  };
  return {
    single: asList(config['single'], 'post_processor.single').map(item),
    pair: asList(config['pair'], 'post_processor.pair').map(item),
  };
}

function idOfPair(config: JsonRecord, key: 'cls' | 'sep'): number {
  return asIndex(asList(config[key], `post_processor.${key}`)[1], `the id of post_processor.${key}`);
}

function bertProcessing(config: JsonRecord): Template {
  const [cls, sep] = [idOfPair(config, 'cls'), idOfPair(config, 'sep')];
  const single = [special(cls, 0), text('A', 0), special(sep, 0)];
  return { single, pair: [...single, text('B', 1), special(sep, 1)] };
}

function robertaProcessing(config: JsonRecord): Template {
  const [cls, sep] = [idOfPair(config, 'cls'), idOfPair(config, 'sep')];
  const single = [special(cls, 0), text('A', 0), special(sep, 0)];
  return { single, pair: [...single, special(sep, 0), text('B', 0), special(sep, 0)] };
}

/** The last of a sequence that adds tokens; `ByteLevel` only moves offsets. */
function sequence(config: JsonRecord): Template {
  const all = asList(config['processors'], 'post_processor.processors');
  const adding = all.filter((each) => !(isRecord(each) && each['type'] === 'ByteLevel'));
  if (adding.length <= 1) return createTemplate(adding[0]);
  throw new TokenizerFileError(`post_processor is a sequence of ${adding.length} that add tokens; one is supported`);
}

/** The `post_processor` of tokenizer.json. @throws TokenizerFileError where its type is not supported */
export function createTemplate(config: unknown): Template {
  if (config === null || config === undefined) return NOTHING_ADDED;
  const record = asRecord(config, 'post_processor');
  switch (record['type']) {
    case 'TemplateProcessing':
      return templateProcessing(record);
    case 'BertProcessing':
      return bertProcessing(record);
    case 'RobertaProcessing':
      return robertaProcessing(record);
    case 'ByteLevel':
      return NOTHING_ADDED;
    case 'Sequence':
      return sequence(record);
    default:
      throw new TokenizerFileError(
        `post_processor type ${describeValue(record['type'])} is not supported; supported are TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel, Sequence`,
      );
  }
}

/** The number of tokens a template adds. */
export function addedBy(items: readonly TemplateItem[]): number {
  return items.reduce((sum, item) => (item.kind === 'special' ? sum + item.ids.length : sum), 0);
}
