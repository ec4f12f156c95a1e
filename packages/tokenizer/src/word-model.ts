import { BPE, Unigram, WordPiece } from '@huggingface/tokenizers';
import { TokenizerFileError } from './errors.ts';
import { asIndex, asList, asRecord, isRecord, type JsonRecord } from './json-record.ts';

/** The `model` of tokenizer.json: a word to token ids. */
export interface WordModel {
  idsOf(word: string): readonly number[];
  /** The id of a token of the vocabulary. */
  idOf(token: string): number | undefined;
  readonly vocabularySize: number;
}

type LibraryModel = WordPiece | BPE | Unigram;

function toIds(model: LibraryModel, tokens: readonly string[], fuseUnknown: boolean): readonly number[] {
  const ids: number[] = [];
  for (const token of tokens) {
    const id = model.tokens_to_ids.get(token) ?? model.unk_token_id;
    // A model without an unknown token has nothing for it: byte-level models know every byte.
    if (id === undefined) continue;
    if (fuseUnknown && id === model.unk_token_id && ids.at(-1) === id) continue;
    ids.push(id);
  }
  return ids;
}

function wrap(model: LibraryModel, tokensOf: (word: string) => string[], fuseUnknown: boolean): WordModel {
  const { tokens_to_ids: vocabulary } = model;
  return {
    idsOf: (word) => toIds(model, tokensOf(word), fuseUnknown),
    idOf: (token) => vocabulary.get(token),
    vocabularySize: vocabulary.size,
  };
}

function checkVocabulary(vocabulary: unknown): void {
  const where = 'model.vocab of tokenizer.json';
  if (Array.isArray(vocabulary)) {
    const bad = vocabulary.findIndex((entry) => !(Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number'));
    if (bad >= 0) throw new TokenizerFileError(`${where}: entry ${bad} is not a pair of token and score`);
    if (vocabulary.length === 0) throw new TokenizerFileError(`${where} is empty`);
    return;
  }
  for (const [token, id] of Object.entries(asRecord(vocabulary, where))) asIndex(id, `${where}, id of "${token}"`);
}

function unigram(config: JsonRecord): WordModel {
  asList(config['vocab'], 'model.vocab of tokenizer.json');
  if (config['byte_fallback'] === true) {
    throw new TokenizerFileError('model.byte_fallback of a Unigram model is not supported');
  }
  const model = new Unigram(config, undefined);
  return wrap(model, (word) => model.tokenize(word), true);
}

function bpe(config: JsonRecord): WordModel {
  asList(config['merges'], 'model.merges of tokenizer.json');
  const model = new BPE(config);
  return wrap(model, (word) => model.encode([word]), config['fuse_unk'] === true);
}

function wordPiece(config: JsonRecord): WordModel {
  const model = new WordPiece({ continuing_subword_prefix: '##', ...config });
  return wrap(model, (word) => model.encode([word]), false);
}

/** The `type` of old files, which lack it, follows from the other keys. */
function typeOf(config: JsonRecord): unknown {
  if (config['type'] !== undefined) return config['type'];
  if (Array.isArray(config['vocab'])) return 'Unigram';
  return Array.isArray(config['merges']) ? 'BPE' : 'WordPiece';
}

/** @throws TokenizerFileError where the model is of another type, or its vocabulary is broken */
export function createWordModel(config: unknown): WordModel {
  if (!isRecord(config)) throw new TokenizerFileError('tokenizer.json has no model; it is not a file of a fast tokenizer');
  checkVocabulary(config['vocab']);
  const type = typeOf(config);
  switch (type) {
    case 'WordPiece':
      return wordPiece(config);
    case 'BPE':
      return bpe(config);
    case 'Unigram':
      return unigram(config);
    default:
      throw new TokenizerFileError(`tokenizer model "${String(type)}" is not supported; supported are WordPiece, BPE, Unigram`);
  }
}
