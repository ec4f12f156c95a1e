import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { TINY_MODEL } from '../run-built-program.test.support.ts';
import { SentenceEncoder } from '../sentence-encoder.ts';

export interface EmbeddedRow {
  readonly text: string;
  readonly embedding: readonly number[];
}

/** The rows of JSON Lines. */
export function rowsOf(text: string): readonly EmbeddedRow[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as EmbeddedRow]));
}

export function rowsIn(path: string): readonly EmbeddedRow[] {
  return rowsOf(readFileSync(path, 'utf8'));
}

/** The values behind the header of NumPy's format, which has 128 bytes. */
export function npyValues(path: string): Float32Array {
  return new Float32Array(Uint8Array.from(readFileSync(path)).buffer, 128);
}

/** What the library gives for texts. */
export async function expectedRows(texts: readonly string[], normalize?: boolean): Promise<readonly EmbeddedRow[]> {
  const encoder = await SentenceEncoder.load(TINY_MODEL);
  const { data, shape } = await encoder.encode(texts, { normalize });
  await encoder.dispose();
  return texts.map((text, row) => ({ text, embedding: [...data.subarray(row * shape[1], (row + 1) * shape[1])] }));
}

/** Compares texts exactly, and embeddings to five decimals. */
export function expectClose(found: readonly EmbeddedRow[], expected: readonly EmbeddedRow[]): void {
  expect(found.map(({ text }) => text)).toEqual(expected.map(({ text }) => text));
  for (const [row, { embedding }] of found.entries()) {
    expect(embedding).toHaveLength(8);
    embedding.forEach((value, i) => expect(value).toBeCloseTo(expected[row]?.embedding[i] ?? NaN, 5));
  }
}
