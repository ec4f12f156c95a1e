import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DataFileError } from '../errors.ts';

/** Whether bytes begin like gzip's (RFC 1952). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The bytes that gzip has compressed. @throws DataFileError where they are cut off or changed */
export async function* gunzip(pieces: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const unzipped = createGunzip();
  // What fails ends `unzipped` with the same error, and is caught where that is read.
  pipeline(Readable.from(pieces, { objectMode: false }), unzipped).catch(() => undefined);
  try {
    yield* unzipped as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof DataFileError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataFileError(`cannot read ${file}: its gzip data is broken (${reason}); fetch or make it anew`, {
      cause: error,
    });
  }
}
