import { extname } from 'node:path';
import {
  jsonLine,
  openCsvWriter,
  openJsonLinesWriter,
  type CsvValue,
  type RowWriter,
  type WriteOptions,
} from '@sentence-mtl/data';
import { UsageError } from '../command-line/errors.ts';
import type { Output } from '../command-line/output.ts';
import { printableText } from '../command-line/printable-text.ts';
import { textTable } from '../command-line/text-table.ts';
import { refuseUnfinished } from '../encoding/refuse-unfinished.ts';
import { cellsOf, columnsOf, jsonRow, type CellOptions, type PredictedRow } from './predicted-row.ts';

const ENDINGS = ['.jsonl', '.csv'];
const LONGEST_TEXT = 60;

/** Checks the name of a file of predictions before any work is done. @throws UsageError where it cannot be one */
export function checkPredictionsName(out: string, embeddings: boolean): void {
  const ending = extname(out);
  if (!ENDINGS.includes(ending)) {
    throw new UsageError(`--out ${out}: the name tells the format and must end in ${ENDINGS.join(' or ')}`);
  }
  if (embeddings && ending === '.csv') {
    throw new UsageError(`--out ${out}: embeddings have no place in CSV; write .jsonl, or leave --embeddings out`);
  }
}

/** Rows are changed on their way into a writer. */
function mapped<In, Out>(writer: RowWriter<Out>, change: (row: In) => Out): RowWriter<In> {
  return { ...writer, write: async (rows) => writer.write(rows.map(change)) };
}

/**
 * Opens a file of predictions.
 *
 * @param path absolute, with a name that `checkPredictionsName` takes
 * @throws UsageError where a run before has left an unfinished file, and this one is not to go on with it
 */
export async function openPredictions(
  path: string,
  cells: CellOptions,
  options: WriteOptions,
): Promise<RowWriter<PredictedRow>> {
  await refuseUnfinished(path, options);
  if (extname(path) === '.csv') return mapped(await openCsvWriter(path, columnsOf(cells), options), cellsOf);
  return mapped(await openJsonLinesWriter(path, options), jsonRow);
}

/** Of a number: files have all of them. */
const SHOWN_DIGITS = 6;

function shortText(value: CsvValue): string {
  const shown = typeof value === 'number' ? Number(value.toPrecision(SHOWN_DIGITS)) : value;
  const text = printableText(String(shown ?? '').replaceAll(/\s+/g, ' '));
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}

/** A table of rows for people. */
export function predictionTable(rows: readonly PredictedRow[], cells: CellOptions): string {
  return textTable([columnsOf(cells), ...rows.map((row) => cellsOf(row).map(shortText))]);
}

/** Predictions for whoever reads the output: tables for people, else JSON Lines. */
export function predictionsTo(output: Output, cells: CellOptions): RowWriter<PredictedRow> {
  const text = (rows: readonly PredictedRow[]): string =>
    output.isTerminal ? `${predictionTable(rows, cells)}\n` : rows.map((row) => jsonLine(jsonRow(row))).join('');
  return {
    rowsBefore: 0,
    write: async (rows) => output.write(text(rows)),
    finish: async () => undefined,
    leave: async () => undefined,
  };
}
