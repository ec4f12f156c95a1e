import { openLineWriter } from './line-writer.ts';
import type { RowWriter, WriteOptions } from './row-writer.ts';

/** A row to write: JSON values by name; a typed array of embeddings becomes a list of numbers. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** A short decimal number that is this float32. Rounding to decimals finds it three times as fast as printing digits. */
function short(value: number): number {
  for (const scale of [1e8, 1e9, 1e10]) {
    const rounded = Math.round(value * scale) / scale;
    if (Math.fround(rounded) === value) return rounded;
  }
  return Number(value.toPrecision(9)); // Nine digits tell every float32 from its neighbours.
}

function jsonValue(value: unknown): unknown {
  if (value instanceof Float32Array) return Array.from(value, short);
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
