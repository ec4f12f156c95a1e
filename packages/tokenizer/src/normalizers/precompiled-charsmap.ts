// The `Precompiled` normalizer of SentencePiece models: a double-array trie (darts-clone) over UTF-8 bytes, whose values
// point into a block of NUL-terminated replacements. The library approximates it by NFKC; here the map itself is read,
// with the reading of Python's `tokenizers` (crate spm_precompiled), which replaces a whole grapheme under 6 bytes by
// the replacement of its shortest prefix.
import { TokenizerFileError } from '../errors.ts';
import { graphemes } from './graphemes.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NOT_ASCII = /[^\x20-\x7e]/;

interface Charsmap {
  readonly trie: Uint32Array;
  readonly replacements: Uint8Array;
}

function parseCharsmap(base64: string): Charsmap {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  const view = new DataView(bytes.buffer);
  const trieBytes = bytes.length < 4 ? Number.NaN : view.getUint32(0, true);
  if (!(trieBytes % 4 === 0 && 4 + trieBytes <= bytes.length)) {
    throw new TokenizerFileError(
      `precompiled_charsmap of the normalizer is broken: ${bytes.length} bytes do not hold its trie`,
    );
  }
  const trie = Uint32Array.from({ length: trieBytes / 4 }, (_, i) => view.getUint32(4 + 4 * i, true));
  return { trie, replacements: bytes.subarray(4 + trieBytes) };
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

/** Where the replacement of the shortest prefix in the trie begins, or undefined. */
function shortestPrefix(trie: Uint32Array, key: Uint8Array): number | undefined {
  let position = offsetOf(trie[0] ?? 0);
  for (const byte of key) {
    if (byte === 0) return undefined;
    position ^= byte;
    const unit = trie[position];
    if (unit === undefined || (unit & 0x800000ff) >>> 0 !== byte) return undefined;
    position ^= offsetOf(unit);
    if ((unit & 0x100) !== 0) return (trie[position] ?? 0) & 0x7fffffff;
  }
  return undefined;
}

function replacement({ trie, replacements }: Charsmap, text: string): string | undefined {
  const start = shortestPrefix(trie, encoder.encode(text));
  if (start === undefined) return undefined;
  const end = replacements.indexOf(0, start);
  return decoder.decode(replacements.subarray(start, end < 0 ? replacements.length : end));
}

/** The normalizer of a `precompiled_charsmap` (base 64). @throws TokenizerFileError where it cannot be one */
export function precompiledCharsmap(base64: string): (text: string) => string {
  const map = parseCharsmap(base64);
  const known = new Map<string, string>();
  const characterOf = (character: string): string => replacement(map, character) ?? character;
  const graphemeOf = (grapheme: string): string => {
    const whole = encoder.encode(grapheme).length < 6 ? replacement(map, grapheme) : undefined;
    return whole ?? Array.from(grapheme, characterOf).join('');
  };
  const cached = (grapheme: string): string => {
    const found = known.get(grapheme);
    if (found !== undefined) return found;
    const normal = graphemeOf(grapheme);
    if (known.size < 20_000) known.set(grapheme, normal);
    return normal;
  };
  const changesAscii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).some((c) => cached(c) !== c);
  return (text) => {
    if (!changesAscii && !NOT_ASCII.test(text)) return text;
    let normal = '';
    for (const grapheme of graphemes(text)) normal += cached(grapheme);
    return normal;
  };
}
