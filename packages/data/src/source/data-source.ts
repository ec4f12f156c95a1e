import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { explainSystemError } from '@sentence-mtl/core';
import { DataFileError } from '../errors.ts';

/** A path, or bytes that come from elsewhere (standard input) under the name that messages use for them. */
export type DataSource = string | { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> };

const READ_BYTES = 1 << 16;

export function sourceName(source: DataSource): string {
  return typeof source === 'string' ? source : source.name;
}

async function* readFileBytes(path: string): AsyncGenerator<Uint8Array> {
  if ((await stat(path)).isDirectory()) throw new DataFileError(`cannot read ${path}: it is a folder; name a file`);
  yield* createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Uint8Array>;
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
