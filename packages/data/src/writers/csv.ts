import { openLineWriter } from './line-writer.ts';
import type { RowWriter, WriteOptions } from './row-writer.ts';

/** A cell's value; null is an empty cell. */
export type CsvValue = string | number | boolean | null;

/** Spreadsheets take such a cell for a formula, which could run what a stranger has written into a text. */
const FORMULA = /^[=+\-@\t\r]/;

function csvCell(value: CsvValue): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A row of CSV (RFC 4180), with its line feed. A text that a spreadsheet would take for a formula, because it begins with
 * `=`, `+`, `-`, `@`, a tab or a carriage return, gets an apostrophe before it; numbers are left as they are.
 */
export function csvLine(cells: readonly CsvValue[]): string {
  const line = cells.map(csvCell).join(',');
  // A lone empty cell would be an empty line, which readers pass over.
  return `${line === '' ? '""' : line}\n`;
}

/**
 * Writes CSV: the names of the columns, then a line for each row.
 *
 * @throws DataFileError where the file cannot be written or resumed
 */
export async function openCsvWriter(
  path: string,
  columns: readonly string[],
  options: WriteOptions = {},
): Promise<RowWriter<readonly CsvValue[]>> {
  const settings = { ...options.settings, columns };
  return openLineWriter(path, { header: csvLine(columns), line: csvLine, quoted: true }, { ...options, settings });
}
