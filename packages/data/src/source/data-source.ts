import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { explainSystemError } from '@sentence-mtl/core';
import { DataFileError } from '../errors.ts';

/** A path, or bytes that come from elsewhere (standard input) under the name that messages use for them. */
export type DataSource = string | { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> };

/** A read costs as much as parsing some kilobytes, and pieces beyond what processors keep near them cost more again. */
const READ_BYTES = 1 << 18;
const PIECE_BYTES = 1 << 16;

export function sourceName(source: DataSource): string {
  return typeof source === 'string' ? source : source.name;
}

async function* readFileBytes(path: string): AsyncGenerator<Uint8Array> {
  if ((await stat(path)).isDirectory()) throw new DataFileError(`cannot read ${path}: it is a folder; name a file`);
  const reads = createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Uint8Array>;
  for await (const bytes of reads) {
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) yield bytes.subarray(from, from + PIECE_BYTES);
  }
}

/** The bytes of a source, in pieces. @throws DataFileError where it cannot be read */
export async function* readBytes(source: DataSource): AsyncGenerator<Uint8Array> {
  try {
    yield* typeof source === 'string' ? readFileBytes(source) : source.bytes;
  } catch (error) {
    if (error instanceof DataFileError) throw error;
    throw new DataFileError(`cannot read ${sourceName(source)}: ${explainSystemError(error)}`, { cause: error });
  }
}
