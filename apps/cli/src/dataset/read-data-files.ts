import { findDataFiles, readRowBlocks, type ColumnRoles, type DataSource, type Row } from '@sentence-mtl/data';
import { isAbsolute } from 'node:path';
import type { CommandContext } from '../command-line/command-context.ts';
import type { RowProblems } from './row-problems.ts';

/** The sources that words on a command line name: files, patterns, or `-` for standard input. */
export async function dataSources(
  words: readonly string[],
  { stdin, resolve }: Pick<CommandContext, 'stdin' | 'resolve'>,
): Promise<readonly DataSource[]> {
  const sources: DataSource[] = [];
  for (const word of words) {
    if (word === '-') sources.push({ name: 'standard input', bytes: stdin as AsyncIterable<Uint8Array> });
    else sources.push(...(await findDataFiles([isAbsolute(word) ? word : resolve(word)])));
  }
  return sources;
}

/** Columns of pairs; one that is named is the text, and the other a column like others. */
const OF_PAIRS = ['text_a', 'text_b'];

/** Which columns hold what; `textColumn` names the texts. */
export function columnRoles(textColumn: string): ColumnRoles {
  const halves = OF_PAIRS.includes(textColumn) ? { textA: textColumn, textB: textColumn } : {};
  return { text: textColumn, ...halves };
}

/**
 * All rows of some sources.
 *
 * @throws DataFileError, BadRowsError as the readers do
 */
export async function readDataFiles(
  sources: readonly DataSource[],
  textColumn: string,
  problems: RowProblems,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const options = { columns: columnRoles(textColumn), onBadRow: problems.add.bind(problems) };
  for await (const block of readRowBlocks(sources, options)) {
    signal.throwIfAborted();
    for (const row of block) rows.push(row);
  }
  return rows;
}
