import { Buffer } from 'node:buffer';

const REPLACEMENT = '\u{fffd}';
const ENCODED_REPLACEMENT = Buffer.from(REPLACEMENT);

/** The index of the first byte that is no UTF-8, or undefined where all are. */
export function utf8Fault(bytes: Uint8Array): number | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  let byte = 0;
  let character = 0;
  for (;;) {
    // Decoding puts U+FFFD where a byte is no UTF-8; where the bytes have U+FFFD itself there is no fault.
    const next = text.indexOf(REPLACEMENT, character);
    if (next === -1) return undefined;
    byte += Buffer.byteLength(text.slice(character, next));
    if (!buffer.subarray(byte, byte + 3).equals(ENCODED_REPLACEMENT)) return byte;
    byte += 3;
    character = next + 1;
  }
}
