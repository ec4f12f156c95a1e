// Hashes of 64 bits, by which equal texts of files of any size are found. Two of 20 million different texts have the same
// one in 1 of 100 000 such files.
import { textKey, type Row } from '@sentence-mtl/data';

/** Two halves, each an unsigned number of 32 bits. */
export interface TextHash {
  readonly high: number;
  readonly low: number;
}

const SEEDS = { high: 0x811c9dc5, low: 0x2f0b4c47 } as const;
const FACTORS = { high: 0x01000193, low: 0x5bd1e995 } as const;
const SPACE = 0x20;
const LAST_ASCII = 0x7f;

/** The finalizer of MurmurHash3: every bit of the input changes half of those of the output. */
function mixed(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Of a text as it is. */
export function hashOfText(text: string): TextHash {
  let { high, low } = SEEDS as { high: number; low: number };
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, FACTORS.high);
    low = Math.imul(low ^ unit, FACTORS.low);
    low ^= low >>> 15;
  }
  return { high: mixed(high ^ text.length), low: mixed(low) };
}

const isSpace = (unit: number): boolean => unit === SPACE || (unit >= 9 && unit <= 13);

/** What a text of ASCII is folded to, hashed on the way; undefined for other texts. */
function hashOfAscii(text: string): TextHash | undefined {
  let { high, low } = SEEDS as { high: number; low: number };
  let length = 0;
  let isBetween = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > LAST_ASCII) return undefined;
    if (isSpace(unit)) {
      isBetween = length > 0;
      continue;
    }
    if (isBetween) {
      high = Math.imul(high ^ SPACE, FACTORS.high);
      low = Math.imul(low ^ SPACE, FACTORS.low);
      low ^= low >>> 15;
      length++;
      isBetween = false;
    }
    const folded = unit >= 65 && unit <= 90 ? unit + 32 : unit;
    high = Math.imul(high ^ folded, FACTORS.high);
    low = Math.imul(low ^ folded, FACTORS.low);
    low ^= low >>> 15;
    length++;
  }
  return { high: mixed(high ^ length), low: mixed(low) };
}

/** Of what rows of equal text have in common: the same as `hashOfText(textKey(row))`, and several times as fast for ASCII. */
export function hashOfRow(row: Row): TextHash {
  return (row.kind === 'text' ? hashOfAscii(row.text) : undefined) ?? hashOfText(textKey(row));
}
