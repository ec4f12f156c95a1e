import { characterClass } from '../character-class.ts';
import type { JsonRecord } from '../json-record.ts';
import type { PreTokenizer } from './create-pre-tokenizer.ts';

const { letter, number, whiteSpace } = characterClass;
const GPT2_WORDS = new RegExp(
  `'s|'t|'re|'ve|'m|'ll|'d| ?[${letter}]+| ?[${number}]+| ?[^${whiteSpace}${letter}${number}]+|${whiteSpace}+(?!\\P{White_Space})|${whiteSpace}+`,
  'gu',
);
const ONE_ASCII_WORD = /^ ?[!-~]*$/;

function isPrintable(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
}

/** GPT-2's alphabet: each byte as one visible character; those with none of their own follow U+0100. */
function byteAlphabet(): readonly string[] {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
}

const ALPHABET = byteAlphabet();
const encoder = new TextEncoder();

function visible(word: string): string {
  if (ONE_ASCII_WORD.test(word)) return word.replace(' ', 'Ġ');
  let text = '';
  for (const byte of encoder.encode(word)) text += ALPHABET[byte] ?? '';
  return text;
}

/** `ByteLevel`: words by GPT-2's expression, each byte of their UTF-8 as one visible character. */
export function byteLevel(config: JsonRecord): PreTokenizer {
  const prefix = config['add_prefix_space'] !== false;
  const words = config['use_regex'] !== false;
  return (text) => {
    const whole = prefix && !text.startsWith(' ') ? ` ${text}` : text;
    const pieces = words ? (whole.match(GPT2_WORDS) ?? []) : [whole];
    return pieces.map(visible);
  };
}
