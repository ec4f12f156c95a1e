import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { Random } from '@sentence-mtl/core';

interface SampleRow {
  readonly text: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The most sentences of a text: with the sample's, texts have 110 bytes on average, as tickets and reviews have. */
const MOST_SENTENCES = 5;
/** One row in so many has letters beyond ASCII. */
const BEYOND_ASCII = 14;
const ROWS_AT_ONCE = 4096;

/**
 * Writes JSON Lines of the size: texts of real sentences, each with its number, so that none is there twice, and two labels,
 * of which the second is missing now and then. Returns the number of rows and of bytes.
 */
export function writeGeneratedRows(path: string, bytes: number): { readonly rows: number; readonly bytes: number } {
  const sample = readFileSync(new URL('../../examples/clinc150/train.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SampleRow);
  const random = Random.of(42).split('generated rows');
  const draw = (): SampleRow => sample[random.integer(sample.length)] ?? { text: '', labels: {} };
  const lineOf = (row: number): string => {
    const drawn = Array.from({ length: 1 + random.integer(MOST_SENTENCES) }, draw);
    const texts = drawn.map(({ text }) => text);
    if (row % BEYOND_ASCII === 0) texts.push('– that makes 5 € at the café');
    const { intent = '', domain = '' } = drawn[0]?.labels ?? {};
    const labels = { intent, domain: random.integer(10) === 0 ? null : domain };
    return `${JSON.stringify({ text: `${texts.join('. ')} (${row})`, labels })}\n`;
  };
  const file = openSync(path, 'w');
  let [rows, written] = [0, 0];
  while (written < bytes) {
    const lines = Array.from({ length: ROWS_AT_ONCE }, () => lineOf(rows++));
    written += writeSync(file, lines.join(''));
  }
  closeSync(file);
  return { rows, bytes: written };
}
