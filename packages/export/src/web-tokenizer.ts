// transformers.js opens tokenizer.json with tokenizer_config.json, and knows nothing of sentence-transformers' files: where
// a text ends, and what rows are padded with, has to stand in tokenizer_config.json. Of two ways to write the same, of which
// Python reads either, it has to be the one that transformers.js reads.
import { sentenceTokenizer, type SentenceModelConfig } from '@sentence-mtl/model';

type JsonRecord = Readonly<Record<string, unknown>>;
type TokenizerTexts = SentenceModelConfig['tokenizerTexts'];

const TOKENIZER = 'tokenizer.json';
const TOKENIZER_CONFIG = 'tokenizer_config.json';

const asRecord = (value: unknown): JsonRecord =>
  typeof value === 'object' && value !== null ? (value as JsonRecord) : {};
const recordIn = (text: string): JsonRecord => asRecord(JSON.parse(text));

/** What rows are padded with: as the files say, or the first token of the vocabulary, which the mask hides. */
function paddingToken(tokenizer: JsonRecord, config: JsonRecord): unknown {
  const given = config['pad_token'] ?? asRecord(tokenizer['padding'])['pad_token'];
  if (given !== undefined && given !== null) return given;
  const { vocab } = asRecord(tokenizer['model']);
  if (Array.isArray(vocab)) return (vocab as readonly (readonly unknown[])[])[0]?.[0];
  return Object.entries(asRecord(vocab)).find(([, id]) => id === 0)?.[0];
}

/** A token with settings is marked as one: transformers.js 4 throws at those that Python's transformers 5 writes unmarked. */
function markedToken(value: unknown): unknown {
  const token = asRecord(value);
  return typeof token['content'] === 'string' ? { __type: 'AddedToken', ...token } : value;
}

/** Merges as texts, where all can be: transformers.js 2 reads no pairs. Another model than BPE has none. */
function mergesAsTexts(tokenizer: JsonRecord): JsonRecord {
  const model = asRecord(tokenizer['model']);
  const { merges } = model;
  if (!Array.isArray(merges)) return tokenizer;
  const pairs = merges as readonly (string | readonly string[])[];
  if (pairs.some((pair) => typeof pair !== 'string' && pair.some((part) => part.includes(' ')))) return tokenizer;
  return {
    ...tokenizer,
    model: { ...model, merges: pairs.map((pair) => (typeof pair === 'string' ? pair : pair.join(' '))) },
  };
}

/** Whether a space is put in front of texts, said once more by its earlier name: transformers.js 2 knows no other. */
function markedMetaspace(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(markedMetaspace);
  if (typeof part !== 'object' || part === null) return part;
  const { type, prepend_scheme: scheme, pretokenizers } = asRecord(part);
  if (type === 'Metaspace') return { add_prefix_space: scheme !== 'never', ...part };
  return Array.isArray(pretokenizers) ? { ...part, pretokenizers: markedMetaspace(pretokenizers) } : part;
}

function webTokenizer(tokenizer: JsonRecord): JsonRecord {
  const { pre_tokenizer: before, decoder } = tokenizer;
  const spaced = { pre_tokenizer: markedMetaspace(before), decoder: markedMetaspace(decoder) };
  return { ...mergesAsTexts(tokenizer), ...spaced };
}

/** The text as it is, where it says the same already. */
function rewritten(text: string, before: JsonRecord, after: JsonRecord): string {
  return JSON.stringify(after) === JSON.stringify(before) ? text : `${JSON.stringify(after, null, 2)}\n`;
}

/**
 * The files of a tokenizer as other runtimes read them: tokenizer_config.json cuts texts off where the model does, and names
 * a token to pad with. All else says what it said; a file with nothing to add or to write otherwise is as it was.
 *
 * @throws TokenizerFileError where there is no tokenizer.json, or it is of a kind that cannot be opened
 */
export function webTokenizerTexts(config: SentenceModelConfig): TokenizerTexts {
  // Only what can be opened is written: it is opened with the tokenizer library of transformers.js.
  const { maximumLength } = sentenceTokenizer(config);
  const { [TOKENIZER]: tokenizerText = '{}', [TOKENIZER_CONFIG]: configText = '{}' } = config.tokenizerTexts;
  const [tokenizer, before] = [recordIn(tokenizerText), recordIn(configText)];
  const padding = paddingToken(tokenizer, before);
  const entries = Object.entries(before).map(([key, value]) => [
    key,
    key.endsWith('_token') ? markedToken(value) : value,
  ]);
  const after = {
    ...(Object.fromEntries(entries) as JsonRecord),
    model_max_length: maximumLength,
    ...(padding !== undefined && { pad_token: markedToken(padding) }),
  };
  const texts = {
    [TOKENIZER]: rewritten(tokenizerText, tokenizer, webTokenizer(tokenizer)),
    [TOKENIZER_CONFIG]: rewritten(configText, before, after),
  };
  return { ...config.tokenizerTexts, ...texts };
}
