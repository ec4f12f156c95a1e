/**
 * Philox4x32-10: a bijection of 128-bit counters under a 64-bit key, whose outputs pass every known statistical test.
 * There is no state to keep: the n-th block of a stream is computed from n alone.
 * Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
 */

const FACTOR_0 = 0xd2511f53;
const FACTOR_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** The upper 32 bits of a product of two unsigned 32-bit integers, from four products of halves. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/** Key words, then the two upper counter words: what tells one stream from another. */
export type PhiloxStream = readonly [key0: number, key1: number, counter2: number, counter3: number];

/** Writes the four words of block (counter0, counter1) of a stream into `words` at `at`. */
export function philox(stream: PhiloxStream, counter0: number, counter1: number, words: Uint32Array, at: number): void {
  let [key0, key1, c2, c3] = stream;
  let c0 = counter0;
  let c1 = counter1;
  for (let round = 0; round < ROUNDS; round++) {
    const low0 = Math.imul(FACTOR_0, c0);
    const low1 = Math.imul(FACTOR_1, c2);
    const high0 = multiplyHigh(FACTOR_0, c0);
    const high1 = multiplyHigh(FACTOR_1, c2);
    c0 = high1 ^ c1 ^ key0;
    c1 = low1;
    c2 = high0 ^ c3 ^ key1;
    c3 = low0;
    key0 = (key0 + WEYL_0) | 0;
    key1 = (key1 + WEYL_1) | 0;
  }
  words[at] = c0;
  words[at + 1] = c1;
  words[at + 2] = c2;
  words[at + 3] = c3;
}
