// transformers.js opens tokenizer.json with tokenizer_config.json, and knows nothing of sentence-transformers' files: where
// a text ends, and what rows are padded with, has to stand in tokenizer_config.json.
import { sentenceTokenizer, type SentenceModelConfig } from '@sentence-mtl/model';

type JsonRecord = Readonly<Record<string, unknown>>;
type TokenizerTexts = SentenceModelConfig['tokenizerTexts'];

export const TOKENIZER_CONFIG = 'tokenizer_config.json';

const asRecord = (value: unknown): JsonRecord =>
  typeof value === 'object' && value !== null ? (value as JsonRecord) : {};
const recordIn = (text: string | undefined): JsonRecord => asRecord(text === undefined ? {} : JSON.parse(text));

/** What rows are padded with: as the files say, or the first token of the vocabulary, which the mask hides. */
function paddingToken(tokenizer: JsonRecord, config: JsonRecord): unknown {
  const given = config['pad_token'] ?? asRecord(tokenizer['padding'])['pad_token'];
  if (given !== undefined && given !== null) return given;
  const { vocab } = asRecord(tokenizer['model']);
  if (Array.isArray(vocab)) return (vocab as readonly (readonly unknown[])[])[0]?.[0];
  return Object.entries(asRecord(vocab)).find(([, id]) => id === 0)?.[0];
}

/**
 * The files of a tokenizer as other runtimes read them: tokenizer_config.json cuts texts off where the model does, and names
 * a token to pad with. All else is as it was; where nothing is missing, so is this file.
 *
 * @throws TokenizerFileError where there is no tokenizer.json, or it is of a kind that cannot be opened
 */
export function webTokenizerTexts(config: SentenceModelConfig): TokenizerTexts {
  // Only what can be opened is written: it is opened with the tokenizer library of transformers.js.
  const { maximumLength } = sentenceTokenizer(config);
  const { tokenizerTexts } = config;
  const before = recordIn(tokenizerTexts[TOKENIZER_CONFIG]);
  const padding = paddingToken(recordIn(tokenizerTexts['tokenizer.json']), before);
  const after = { ...before, model_max_length: maximumLength, ...(padding !== undefined && { pad_token: padding }) };
  if (JSON.stringify(after) === JSON.stringify(before)) return tokenizerTexts;
  return { ...tokenizerTexts, [TOKENIZER_CONFIG]: `${JSON.stringify(after, null, 2)}\n` };
}
