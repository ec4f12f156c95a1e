import { PartialFile } from './partial-file.ts';
import type { RowWriter, WriteOptions } from './row-writer.ts';

/** A format of which a row is a text that ends in a line feed. */
export interface LineFormat<Row> {
  /** What stands before the rows. */
  readonly header: string;
  readonly line: (row: Row) => string;
  /** Whether a line feed between quotes is a part of a cell. */
  readonly quoted: boolean;
}

const LINE_FEED = 0x0a;
const QUOTE = 0x22;

/** How many whole rows stand in the file, and the number of bytes that they take. */
async function countRows(file: PartialFile, quoted: boolean): Promise<{ rows: number; bytes: number }> {
  let [rows, bytes, position] = [0, 0, 0];
  let isInside = false;
  for await (const piece of file.read()) {
    for (const byte of piece) {
      position++;
      if (quoted && byte === QUOTE) isInside = !isInside;
      else if (byte === LINE_FEED && !isInside) [rows, bytes] = [rows + 1, position];
    }
  }
  return { rows, bytes };
}

/** A writer of a line format. @throws DataFileError where the file cannot be written or resumed */
export async function openLineWriter<Row>(
  path: string,
  format: LineFormat<Row>,
  options: WriteOptions,
): Promise<RowWriter<Row>> {
  const file = await PartialFile.open(path, options);
  const encoder = new TextEncoder();
  const headerLines = format.header === '' ? 0 : 1;
  const { rows, bytes } = await countRows(file, format.quoted);
  await file.truncate(bytes);
  if (rows < headerLines) await file.append(encoder.encode(format.header));
  return {
    rowsBefore: Math.max(0, rows - headerLines),
    write: (batch) => file.append(encoder.encode(batch.map(format.line).join(''))),
    finish: () => file.finish(),
    leave: () => file.leave(),
  };
}
