import { openLineWriter } from './line-writer.ts';
import type { RowWriter, WriteOptions } from './row-writer.ts';

/** A row to write: JSON values by name; a typed array of embeddings becomes a list of numbers. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** The shortest decimal number that is this float32: nine digits always tell it from its neighbours, seven often do. */
function shortest(value: number): number {
  for (const digits of [7, 8]) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}

function jsonValue(value: unknown): unknown {
  if (value instanceof Float32Array) return Array.from(value, shortest);
  return value instanceof Int8Array || value instanceof Uint8Array ? Array.from(value) : value;
}

/** A row as a line of JSON Lines, with its line feed. */
export function jsonLine(row: JsonRow): string {
  // Built entry by entry: an object would put names like "1" first, and take "__proto__" for its prototype.
  const entries = Object.entries(row).flatMap(([name, value]) => {
    const json = JSON.stringify(jsonValue(value)) as string | undefined;
    return json === undefined ? [] : [`${JSON.stringify(name)}:${json}`];
  });
  return `{${entries.join(',')}}\n`;
}

/**
 * Writes JSON Lines.
 *
 * @throws DataFileError where the file cannot be written or resumed
 */
export async function openJsonLinesWriter(path: string, options: WriteOptions = {}): Promise<RowWriter<JsonRow>> {
  return openLineWriter(path, { header: '', line: jsonLine, quoted: false }, options);
}
