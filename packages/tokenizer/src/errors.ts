import { SentenceMtlError } from '@sentence-mtl/core';

/** `tokenizer.json` or `tokenizer_config.json` is broken, or asks for something that is not supported. */
export class TokenizerFileError extends SentenceMtlError {
  readonly code = 'TOKENIZER_FILE';
}

/** A row of the input is not a text. */
export class TextInputError extends SentenceMtlError {
  readonly code = 'TEXT_INPUT';
  /** Its index, from 0. */
  readonly row: number;

  constructor(row: number, message: string) {
    super(message);
    this.row = row;
  }
}
