/**
 * The specification of `dropoutMask`: what every engine must give, element for element.
 *
 * The last axis and all others together are hashed apart, thoroughly, on two small vectors; element (i, j) is one
 * wrapping product row[i] · column[j] of odd numbers, whose upper bits are uniform and are compared with the rate.
 * So an engine makes a mask with one multiplication and one comparison an element.
 */

/** Multipliers of `avalanche`; below 2³¹, so that products of 32-bit numbers stay exact in signed 64-bit integers. */
export const AVALANCHE_FACTORS: readonly number[] = [0x7feb352d, 0x2c1b3c6d, 0x297a2d39];
/** Spreads neighbouring positions before they are mixed. */
export const POSITION_FACTOR = 0x1e3779b1;

/** 32 bits in, 32 well mixed bits out: three rounds of xor-shift and multiplication, as in murmur3's finaliser. */
export function avalanche(bits: number): number {
  let x = bits >>> 0;
  for (const factor of AVALANCHE_FACTORS) x = Math.imul(x ^ (x >>> 16), factor) >>> 0;
  return (x ^ (x >>> 15)) >>> 0;
}

/** What tells the rows' hash of a site from its columns' hash and from every other site. */
export function siteSalt(site: number, part: 'rows' | 'columns'): number {
  return avalanche(2 * site + (part === 'rows' ? 0 : 1));
}

/** An element is kept where its product, as a signed 32-bit integer, is above this. */
export function keepThreshold(rate: number): number {
  return Math.round((rate - 0.5) * 2 ** 32) | 0;
}

/**
 * The int32 (2) key of a step: feed it to the input that `dropoutMask` reads. Of the seed the lower 32 bits count.
 */
export function dropoutKey(seed: number, step: number): Int32Array {
  const stepBits = avalanche(avalanche(seed) + step);
  return Int32Array.of(avalanche(stepBits ^ 0x243f6a88), avalanche(stepBits ^ 0x05a308d3));
}

function oddHashes(length: number, keyWord: number, salt: number): Int32Array {
  const offset = keyWord ^ salt;
  return Int32Array.from({ length }, (_, i) => avalanche(Math.imul(i, POSITION_FACTOR) + offset) | 1);
}

/** The mask of shape (rows, columns) as ones (kept) and zeros, where rows counts all axes but the last. */
export function keepMask(key: Int32Array, rows: number, columns: number, rate: number, site: number): Uint8Array {
  const rowHash = oddHashes(rows, key[0] ?? 0, siteSalt(site, 'rows'));
  const columnHash = oddHashes(columns, key[1] ?? 0, siteSalt(site, 'columns'));
  const threshold = keepThreshold(rate);
  const mask = new Uint8Array(rows * columns);
  for (let i = 0, at = 0; i < rows; i++) {
    const row = rowHash[i] ?? 1;
    for (let j = 0; j < columns; j++, at++) mask[at] = Math.imul(row, columnHash[j] ?? 1) > threshold ? 1 : 0;
  }
  return mask;
}
