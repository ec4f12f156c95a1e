export { batchesByLength } from './batches-by-length.ts';
export type { BatchLimit, LengthBatches } from './batches-by-length.ts';
export { TextInputError, TokenizerFileError } from './errors.ts';
export { padEncodings } from './pad-encodings.ts';
export type { PadOptions } from './pad-encodings.ts';
export { createTokenizer } from './tokenizer.ts';
export type { EncodeOptions, Encoding, TextInput, Tokenizer, TokenizerFiles, TokenizerOptions } from './tokenizer.ts';
export { maximumLengthOf } from './tokenizer-settings.ts';
export type { Padding, Side } from './tokenizer-settings.ts';
