// Hashes of 64 bits, by which equal texts of files of any size are found. Two of 20 million different texts have the same
// one in 1 of 100 000 such files.
import { textKey, type LabelValue, type Row } from '@sentence-mtl/data';

/** Two halves, each an unsigned number of 32 bits, at an index of an array that takes the hashes of many rows. */
type Words = Uint32Array;

const SEEDS = { high: 0x811c9dc5 | 0, low: 0x2f0b4c47 } as const;
const FACTORS = { high: 0x01000193, low: 0x5bd1e995 } as const;
const SPACE = 0x20;
const LAST_ASCII = 0x7f;
const LAST_UNIT = 0xffff;
const NO_BREAK_SPACE = 0xa0;
const IS_SPACE = /\s/;

/** Of ASCII: what `bitsOf` gives. */
const BITS = Uint8Array.from({ length: LAST_ASCII + 1 }, (_, unit) => {
  if (unit >= 9 && unit <= 13) return 0;
  return (unit >= 65 && unit <= 90 ? unit + 32 : unit) ^ SPACE;
});

/** The finalizer of MurmurHash3: every bit of the input changes half of those of the output. */
function mixed(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** What of a unit is hashed: 0 for all spaces, the same for both cases of a letter of ASCII. */
function bitsOf(unit: number): number {
  if (unit <= LAST_ASCII) return BITS[unit] ?? 0;
  return unit >= NO_BREAK_SPACE && IS_SPACE.test(String.fromCharCode(unit)) ? 0 : unit ^ SPACE;
}

/**
 * Writes the hash of a text whose upper case letters of ASCII are folded, and whose spaces count as one where another
 * character stands before and behind them. Returns whether it has no unit above `last`; if it has, nothing is written.
 */
function hashFolded(text: string, last: number, into: Words, at: number): boolean {
  let end = text.length;
  while (end > 0 && bitsOf(text.charCodeAt(end - 1)) === 0) end--;
  let high: number = SEEDS.high;
  let low: number = SEEDS.low;
  let length = 0;
  let previous = 0;
  for (let i = 0; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit > last) return false;
    // Of a second space both are 0, which processors foretell, unlike whether there is a first.
    const bits = bitsOf(unit);
    if ((bits | previous) === 0) continue;
    previous = bits;
    high = Math.imul(high ^ bits, FACTORS.high);
    low = Math.imul(low ^ bits, FACTORS.low);
    low ^= low >>> 15;
    length++;
  }
  into[at] = mixed(high ^ length);
  into[at + 1] = mixed(low);
  return true;
}

/** Writes the hash of what texts have in common that `textKey` makes equal. */
export function hashText(text: string, into: Words, at: number): void {
  if (hashFolded(text, LAST_ASCII, into, at)) return;
  hashFolded(text.normalize('NFKC').toLowerCase(), LAST_UNIT, into, at);
}

/** Writes the hash of what rows of equal text have in common: equal where their `textKey` is. */
export function hashRow(row: Row, into: Words, at: number): void {
  // The line break between the texts of a pair is no space.
  hashText(row.kind === 'text' ? row.text : textKey(row).replace('\n', '\0'), into, at);
}

/** What may be several labels in a cell. */
const SEVERAL = /^\s*\[|[|;]/;

/** A list, or what may be one, in an order of its own. */
function sortedText(label: Exclude<LabelValue, null>): string {
  if (typeof label === 'object') return JSON.stringify(label.map(String).toSorted());
  const text = String(label);
  return SEVERAL.test(text)
    ? JSON.stringify(
        text
          .split(/[|;,[\]]/)
          .map((tag) => tag.trim())
          .toSorted(),
      )
    : text;
}

/** A hash of 32 bits: labels are equal where their texts are, lists where they have the same labels in any order. */
export function hashLabel(label: Exclude<LabelValue, null>): number {
  const text = sortedText(label);
  let hash: number = SEEDS.low;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), FACTORS.low);
    hash ^= hash >>> 15;
  }
  return mixed(hash);
}
