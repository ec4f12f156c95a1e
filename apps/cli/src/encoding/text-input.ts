import { stat } from 'node:fs/promises';
import {
  DataFileError,
  describeProblem,
  readRows,
  type DataFormat,
  type DataSource,
  type RowProblem,
} from '@sentence-mtl/data';
import type { CommandContext } from '../command-line/command-context.ts';

export const INPUT_FORMATS: readonly DataFormat[] = ['jsonl', 'csv', 'tsv', 'text'];

/** Where texts come from, and what of it is text. */
export interface TextInput {
  /** A path, or standard input. */
  readonly source: DataSource;
  /** Default: as the name or the first byte says. */
  readonly format: DataFormat | undefined;
  /** The column that holds the text. Default: `text`. */
  readonly textColumn: string | undefined;
}

/** INPUT on a command line: a file, or `-` for standard input. */
export function textInput(
  input: string,
  { format, textColumn }: Omit<TextInput, 'source'>,
  { stdin, resolve }: CommandContext,
): TextInput {
  const standardInput = { name: 'standard input', bytes: stdin as AsyncIterable<Uint8Array> };
  return { source: input === '-' ? standardInput : resolve(input), format, textColumn };
}

/**
 * The texts of an input, in order.
 *
 * @param onBadRow takes rows that cannot be read; without it the first ones end the reading
 * @throws DataFileError, BadRowsError where it cannot be read
 */
export async function* textsOf(
  { source, format, textColumn }: TextInput,
  onBadRow: ((problem: RowProblem) => void) | undefined,
): AsyncGenerator<string> {
  // A column that is named is the text, also one that would be half of a pair.
  const named = textColumn === undefined ? {} : { text: textColumn, textA: textColumn, textB: textColumn };
  const rows = readRows(source, {
    ...(format !== undefined && { format }),
    columns: { ...named, labels: [] },
    ...(onBadRow !== undefined && { onBadRow }),
  });
  for await (const row of rows) {
    if (row.kind === 'text') yield row.text;
    else {
      const message = 'the row is a pair of texts; say which of them to take with --text-column';
      throw new DataFileError(describeProblem({ kind: 'problem', file: row.file, line: row.line, message }));
    }
  }
}

/** Reads a file once to know how many texts it has; what is wrong with it is found before any work is done. */
export async function countTexts(
  input: TextInput,
  onBadRow: ((problem: RowProblem) => void) | undefined,
): Promise<number> {
  let count = 0;
  for await (const _ of textsOf(input, onBadRow)) count++;
  return count;
}

/** An input as it is now, to be known again: another size or date is another file. A stream has only its name. */
export async function inputVersion({ source }: TextInput): Promise<string> {
  if (typeof source !== 'string') return source.name;
  const { size, mtime } = await stat(source);
  return `${source} of ${size} bytes, changed ${mtime.toISOString()}`;
}
