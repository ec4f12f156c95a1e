import { ArgumentError, describeValue } from '@sentence-mtl/core';
import { TextInputError } from '@sentence-mtl/tokenizer';

/**
 * Holds callers without types to lists of texts.
 *
 * @param firstRow the number of the first text, for messages
 * @throws ArgumentError where `texts` is no list
 * @throws TextInputError with the row of the first that is not a text
 */
export function checkTexts(texts: unknown, firstRow = 0): void {
  if (!Array.isArray(texts)) {
    throw new ArgumentError(`texts is ${describeValue(texts)}; a list of texts is needed, [text] for a single one`);
  }
  const wrong = texts.findIndex((text) => typeof text !== 'string');
  if (wrong < 0) return;
  const row = firstRow + wrong;
  throw new TextInputError(row, `row ${row}: the input is ${describeValue(texts[wrong])}; a text is needed`);
}
