import type { SentenceEncoder } from '@sentence-mtl/model';
import type { ReportRow } from './report.ts';
import { spreadOf } from './spread.ts';
import { timings } from './timing.ts';

const BATCHES = [1, 8, 32, 128];
const LENGTHS = [8, 32, 128];

/** Runs of a cell of the table: enough for its median to settle. */
const RUNS = { warmups: 1, runs: 5 };

/** A text of so many tokens, the two special ones included: each of its words is one token. */
const textOf = (tokens: number): string => Array.from({ length: tokens - 2 }, () => 'good').join(' ');

/** Sentences a second by batch size and length: a row for each batch size. */
export async function encodeTable(encoder: SentenceEncoder, threads: number): Promise<readonly ReportRow[]> {
  const rows: ReportRow[] = [];
  for (const batch of BATCHES) {
    const row: Record<string, string | number> = { threads, batch };
    for (const length of LENGTHS) {
      const texts = Array.from({ length: batch }, () => textOf(length));
      const { median } = spreadOf(await timings(() => encoder.encode(texts, { batchSize: batch }), RUNS));
      row[`${length} tokens`] = Math.round((batch * 1000) / median);
    }
    rows.push(row);
  }
  return rows;
}
