import { DataFileError, describeProblem, readRowBlocks, type Row, type RowProblem } from '@sentence-mtl/data';
import type { TextInput } from '../encoding/text-input.ts';

/** The texts of a row: one, or the two of a pair. */
export type RowTexts = readonly [text: string] | readonly [textA: string, textB: string];

export interface RowReading {
  /** Whether a row has two texts. */
  readonly pairs: boolean;
  /** Takes a row that cannot be read; without it the first of them ends the reading. */
  readonly onBadRow: ((problem: RowProblem) => void) | undefined;
}

function textsOf(row: Row, pairs: boolean): RowTexts | string {
  if (row.kind === 'pair') {
    return pairs ? [row.textA, row.textB] : 'the row is a pair of texts, and the tasks read one; see --text-column';
  }
  return pairs ? 'the row has one text, and the tasks compare two: it needs "text_a" and "text_b"' : [row.text];
}

/** The rows of an input, in order. @throws DataFileError, BadRowsError where it cannot be read */
export async function* rowTexts(
  { source, format, textColumn }: TextInput,
  { pairs, onBadRow }: RowReading,
): AsyncGenerator<RowTexts> {
  // A column that is named is the text, also one that would be half of a pair.
  const named = textColumn === undefined ? {} : { text: textColumn, textA: textColumn, textB: textColumn };
  const blocks = readRowBlocks(source, {
    ...(format !== undefined && { format }),
    columns: { ...named, labels: [] },
    ...(onBadRow !== undefined && { onBadRow }),
  });
  for await (const block of blocks) {
    for (const row of block) {
      const texts = textsOf(row, pairs);
      if (typeof texts !== 'string') yield texts;
      else {
        const problem: RowProblem = { kind: 'problem', file: row.file, line: row.line, message: texts };
        if (onBadRow === undefined) throw new DataFileError(describeProblem(problem));
        onBadRow(problem);
      }
    }
  }
}

/** Reads a file once to know how many rows it has, and what is wrong with it. @throws as `rowTexts` */
export async function countRows(input: TextInput, reading: RowReading): Promise<number> {
  let count = 0;
  for await (const _ of rowTexts(input, reading)) count++;
  return count;
}
