import { stat } from 'node:fs/promises';
import {
  DataFileError,
  describeProblem,
  readRowBlocks,
  type DataFormat,
  type DataSource,
  type Row,
  type RowProblem,
} from '@sentence-mtl/data';
import type { CommandContext } from '../command-line/command-context.ts';

export const INPUT_FORMATS: readonly DataFormat[] = ['jsonl', 'csv', 'tsv', 'text', 'parquet'];

/** Where texts come from, and what of it is text. */
export interface TextInput {
  /** A path, or standard input. */
  readonly source: DataSource;
  /** Default: as the name or the first byte says. */
  readonly format: DataFormat | undefined;
  /** The column that holds the text. Default: `text`. */
  readonly textColumn: string | undefined;
}

type OnBadRow = ((problem: RowProblem) => void) | undefined;

/** INPUT on a command line: a file, or `-` for standard input. */
export function textInput(
  input: string,
  { format, textColumn }: Omit<TextInput, 'source'>,
  { stdin, resolve }: CommandContext,
): TextInput {
  const standardInput = { name: 'standard input', bytes: stdin as AsyncIterable<Uint8Array> };
  return { source: input === '-' ? standardInput : resolve(input), format, textColumn };
}

/** The text of a row. @throws DataFileError where it has two */
function textOf(row: Row): string {
  if (row.kind === 'text') return row.text;
  const message = 'the row is a pair of texts; say which of them to take with --text-column';
  throw new DataFileError(describeProblem({ kind: 'problem', file: row.file, line: row.line, message }));
}

/** The texts of an input, in order and many at once. @throws as `countTexts` */
async function* textBlocksOf(
  { source, format, textColumn }: TextInput,
  onBadRow: OnBadRow,
): AsyncGenerator<readonly string[]> {
  // A column that is named is the text, also one that would be half of a pair.
  const named = textColumn === undefined ? {} : { text: textColumn, textA: textColumn, textB: textColumn };
  const rows = readRowBlocks(source, {
    ...(format !== undefined && { format }),
    columns: { ...named, labels: [] },
    ...(onBadRow !== undefined && { onBadRow }),
  });
  for await (const block of rows) yield block.map(textOf);
}

/** The texts of an input, one by one. @throws as `countTexts` */
export async function* textsOf(input: TextInput, onBadRow: OnBadRow): AsyncGenerator<string> {
  for await (const texts of textBlocksOf(input, onBadRow)) yield* texts;
}

/**
 * Reads a file once to know how many texts it has; what is wrong with it is found before any work is done.
 *
 * @param onBadRow takes rows that cannot be read; without it the first ones end the reading
 * @throws DataFileError, BadRowsError where it cannot be read
 */
export async function countTexts(input: TextInput, onBadRow: OnBadRow): Promise<number> {
  let count = 0;
  for await (const texts of textBlocksOf(input, onBadRow)) count += texts.length;
  return count;
}

/** An input as it is now, to be known again: another size or date is another file. A stream has only its name. */
export async function inputVersion({ source }: TextInput): Promise<string> {
  if (typeof source !== 'string') return source.name;
  const { size, mtime } = await stat(source);
  return `${source} of ${size} bytes, changed ${mtime.toISOString()}`;
}
