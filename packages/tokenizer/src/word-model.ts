import { BPE, WordPiece } from '@huggingface/tokenizers';
import { TokenizerFileError } from './errors.ts';
import { asIndex, asList, asRecord, isIndex, isRecord, type JsonRecord } from './json-record.ts';
import { unigram } from './unigram.ts';

/** The `model` of tokenizer.json: a word to token ids. */
export interface WordModel {
  readonly idsOf: (word: string) => readonly number[];
  /** The id of a token of the vocabulary. */
  readonly idOf: (token: string) => number | undefined;
  readonly vocabularySize: number;
}

type LibraryModel = WordPiece | BPE;

/** How messages name the vocabulary. */
const VOCABULARY = 'model.vocab of tokenizer.json';

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

function wrap(model: LibraryModel, fuseUnknown: boolean): WordModel {
  const { tokens_to_ids: vocabulary } = model;
  checkIds(vocabulary);
  return {
    idsOf: (word) => toIds(model, model.encode([word]), fuseUnknown),
    idOf: (token) => vocabulary.get(token),
    vocabularySize: vocabulary.size,
  };
}

/** @throws TokenizerFileError for a token whose id is none */
function checkIds(vocabulary: ReadonlyMap<string, unknown>): void {
  for (const [token, id] of vocabulary) if (!isIndex(id)) asIndex(id, `${VOCABULARY}, id of "${token}"`);
}

function scoredPieces(config: JsonRecord): readonly (readonly [string, number])[] {
  const pieces = asList(config['vocab'], VOCABULARY).map((entry, index) => {
    if (Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number')
      return [entry[0], entry[1]] as const;
    throw new TokenizerFileError(`${VOCABULARY}[${index}] is not a pair of piece and score`);
  });
  if (pieces.length > 0) return pieces;
  throw new TokenizerFileError(`${VOCABULARY} is empty`);
}

function unigramModel(config: JsonRecord): WordModel {
  const pieces = scoredPieces(config);
  const unknownId =
    config['unk_id'] === null || config['unk_id'] === undefined ? undefined : asIndex(config['unk_id'], 'model.unk_id');
  if (config['byte_fallback'] === true) {
    throw new TokenizerFileError('model.byte_fallback of a Unigram model is not supported');
  }
  const ids = new Map(pieces.map(([piece], id) => [piece, id]));
  return { idsOf: unigram(pieces, unknownId), idOf: (token) => ids.get(token), vocabularySize: pieces.length };
}

function bpe(config: JsonRecord): WordModel {
  asRecord(config['vocab'], VOCABULARY);
  asList(config['merges'], 'model.merges of tokenizer.json');
  const model = new BPE(config);
  return wrap(model, config['fuse_unk'] === true);
}

function wordPiece(config: JsonRecord): WordModel {
  asRecord(config['vocab'], VOCABULARY);
  const model = new WordPiece({ continuing_subword_prefix: '##', ...config });
  return wrap(model, false);
}

/** The `type` of old files, which lack it, follows from the other keys. */
function typeOf(config: JsonRecord): unknown {
  if (config['type'] !== undefined) return config['type'];
  if (Array.isArray(config['vocab'])) return 'Unigram';
  return Array.isArray(config['merges']) ? 'BPE' : 'WordPiece';
}

/** @throws TokenizerFileError where the model is of another type, or its vocabulary is broken */
export function createWordModel(config: unknown): WordModel {
  if (!isRecord(config))
    throw new TokenizerFileError('tokenizer.json has no model; it is not a file of a fast tokenizer');
  const type = typeOf(config);
  switch (type) {
    case 'WordPiece':
      return wordPiece(config);
    case 'BPE':
      return bpe(config);
    case 'Unigram':
      return unigramModel(config);
    default:
      throw new TokenizerFileError(
        `tokenizer model "${String(type)}" is not supported; supported are WordPiece, BPE, Unigram`,
      );
  }
}
