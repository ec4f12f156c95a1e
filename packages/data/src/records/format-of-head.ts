import type { DataFormat } from '../source/file-format.ts';
import { findDelimiter } from './header.ts';
import { parseCells } from './parse-cells.ts';

/** Whether a text begins with the header of a table: a name that is looked for among several, none of them empty. */
function beginsWithHeader(text: string, wanted: readonly string[]): boolean {
  const [line = ''] = text.split(/\r?\n/, 1);
  const header = `${line}\n`;
  const [cells = []] = parseCells(header, { delimiter: findDelimiter(header, wanted, true), quoted: true }).rows;
  const names = cells.map((cell) => cell.trim());
  return names.length > 1 && !names.includes('') && names.some((name) => wanted.includes(name));
}

/**
 * The format of a stream without a name, by its beginning: an object begins JSON Lines, the header of a table CSV, and all
 * else is text.
 *
 * @param wanted names of columns that a header may have
 */
export function formatOfHead(head: string, wanted: readonly string[]): Exclude<DataFormat, 'parquet' | 'tsv'> {
  const start = head.replace(/^\ufeff/, '').trimStart();
  if (start.startsWith('{')) return 'jsonl';
  return beginsWithHeader(start, wanted) ? 'csv' : 'text';
}
