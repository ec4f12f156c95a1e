import type { Buffer } from 'node:buffer';
import { DataFileError } from '../errors.ts';

/** Beginnings of files that hold no lines of text, and what to do with such a file. */
const SIGNATURES: readonly (readonly [start: string, message: string])[] = [
  ['\xff\xfe', 'it is UTF-16 (little endian); save it as UTF-8, or give the encoding utf-16le'],
  ['\xfe\xff', 'it is UTF-16 (big endian); save it as UTF-8, or give the encoding utf-16be'],
  ['PK\x03\x04', 'it is a zip archive or an Excel workbook; unpack it, or export it as CSV'],
  ['\xd0\xcf\x11\xe0', 'it is an old Excel workbook; export it as CSV'],
  ['\x28\xb5\x2f\xfd', 'it is compressed by zstd; decompress it first'],
  ['\xfd7zXZ\x00', 'it is compressed by xz; decompress it first'],
  ['BZh', 'it is compressed by bzip2; decompress it first'],
  ['%PDF-', 'it is a PDF; text files are read here'],
  ['\x93NUMPY', 'it is a NumPy array; text files are read here'],
  ['SQLite format 3\x00', 'it is an SQLite database; export a table as CSV'],
  ['ARROW1', 'it is an Arrow file; save it as Parquet or CSV'],
];

/** Every second byte is NUL: the Latin letters of UTF-16. */
function isUtf16(head: Buffer, first: 0 | 1): boolean {
  const pairs = Math.floor(head.length / 2);
  let nul = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (head[2 * pair + first] === 0 && head[2 * pair + 1 - first] !== 0) nul++;
  }
  return pairs > 1 && nul > 0.7 * pairs;
}

/**
 * Refuses what begins like no text file.
 *
 * @param head the first bytes of the file
 * @throws DataFileError with what the file is and what to do
 */
export function refuseBinary(head: Buffer, file: string): void {
  const start = head.toString('latin1', 0, 16);
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1];
  const message =
    known ?? (isUtf16(head, 1) ? SIGNATURES[0]?.[1] : undefined) ?? (isUtf16(head, 0) ? SIGNATURES[1]?.[1] : undefined);
  if (message !== undefined) throw new DataFileError(`cannot read ${file}: ${message}`);
}
