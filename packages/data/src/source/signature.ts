import type { Buffer } from 'node:buffer';
import { DataFileError } from '../errors.ts';

const UTF16_LITTLE =
  'it is UTF-16 (little endian); save it as UTF-8, or read it with readRows and the encoding utf-16le';
const UTF16_BIG = 'it is UTF-16 (big endian); save it as UTF-8, or read it with readRows and the encoding utf-16be';

/** Beginnings of files that hold no lines of UTF-8, and what to do with such a file. */
const SIGNATURES: readonly (readonly [start: string, message: string])[] = [
  ['\xff\xfe', UTF16_LITTLE],
  ['\xfe\xff', UTF16_BIG],
  ['PAR1', 'it is a Parquet file; give it a name that ends in .parquet, or the format parquet'],
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

/** Most pairs of bytes have NUL there, and only there: the Latin letters of UTF-16. */
function isUtf16(head: Buffer, nulAt: 0 | 1): boolean {
  const pairs = Math.floor(head.length / 2);
  let letters = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (head[2 * pair + nulAt] === 0 && head[2 * pair + 1 - nulAt] !== 0) letters++;
  }
  return pairs > 1 && letters > 0.7 * pairs;
}

/** Lines that end in carriage returns, as on old Macs, would be one line. */
function hasReturnsAlone(head: Buffer): boolean {
  const end = head.indexOf('\r');
  return end !== -1 && end < head.length - 1 && !head.includes('\n');
}

function whatItIs(head: Buffer): string | undefined {
  const start = head.toString('latin1', 0, 16);
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (known !== undefined) return known[1];
  if (hasReturnsAlone(head)) return 'its lines end in carriage returns alone; convert them to line feeds';
  if (isUtf16(head, 1)) return UTF16_LITTLE;
  return isUtf16(head, 0) ? UTF16_BIG : undefined;
}

/**
 * Refuses what does not begin like lines of UTF-8.
 *
 * @param head the first bytes of the file
 * @throws DataFileError with what the file is and what to do
 */
export function refuseBinary(head: Buffer, file: string): void {
  const message = whatItIs(head);
  if (message !== undefined) throw new DataFileError(`cannot read ${file}: ${message}`);
}
