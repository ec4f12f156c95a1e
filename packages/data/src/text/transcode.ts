import { DataFileError } from '../errors.ts';

/** How text stands in bytes. `latin1` is read as its superset Windows-1252, as browsers do. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';

/** Text of another encoding as UTF-8. @throws DataFileError where bytes are not of that encoding */
export async function* transcode(
  pieces: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
  file: string,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  try {
    for await (const piece of pieces) yield encoder.encode(decoder.decode(piece, { stream: true }));
    yield encoder.encode(decoder.decode());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new DataFileError(`cannot read ${file}: it is not all ${encoding}; is this its encoding?`, { cause: error });
  }
}
