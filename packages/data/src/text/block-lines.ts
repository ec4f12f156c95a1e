// Bytes of whole lines to text. Most lines of most files are ASCII, and text of one byte a character is read and parsed
// twice as fast as other text: a line that has other characters must not turn all lines around it into such text.
import { isAscii, type Buffer } from 'node:buffer';
import type { LineBlock } from './line-blocks.ts';

type TakeLine = (text: string, line: number) => void;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const LAST_ASCII = 0x7f;
const WORD_BYTES = 4;
/** What each of four bytes has only if it is not ASCII. */
const BEYOND_ASCII_BITS = 0x80808080 | 0;

/** The text of valid UTF-8. */
export function decodeText(bytes: Buffer): string {
  return isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8'); // The former is ten times as fast.
}

/** Calls back with each line of a text, without its line break. Returns the number of the line behind it. */
function eachLineOf(text: string, first: number, take: TakeLine): number {
  let line = first;
  for (let from = 0; from < text.length; line++) {
    const feed = text.indexOf('\n', from);
    const end = feed === -1 ? text.length : feed;
    take(text.slice(from, end > from && text.charCodeAt(end - 1) === CARRIAGE_RETURN ? end - 1 : end), line);
    from = end + 1;
  }
  return line;
}

/** Finds bytes that are not ASCII, in steps of whole words where it can. */
class BeyondAscii {
  readonly #bytes: Buffer;
  readonly #words: Int32Array;
  /** The index of the first byte of the first word. */
  readonly #start: number;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#start = -bytes.byteOffset & (WORD_BYTES - 1);
    const count = Math.floor((bytes.length - this.#start) / WORD_BYTES);
    this.#words = count > 0 ? new Int32Array(bytes.buffer, bytes.byteOffset + this.#start, count) : new Int32Array();
  }

  /** The first index from `from` on of a byte that is not ASCII; the number of bytes where there is none. */
  next(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    while (at < bytes.length) {
      const word = (at - this.#start) / WORD_BYTES;
      if (Number.isInteger(word) && word >= 0) {
        at += WORD_BYTES * this.#asciiWords(word);
        if (at >= bytes.length) break;
      }
      if ((bytes[at] ?? 0) > LAST_ASCII) return at;
      at++;
    }
    return bytes.length;
  }

  /** How many words from one on are of ASCII alone. */
  #asciiWords(from: number): number {
    const words = this.#words;
    let word = from;
    while (word < words.length && ((words[word] ?? 0) & BEYOND_ASCII_BITS) === 0) word++;
    return word - from;
  }
}

/** The index of the first byte of the line that a byte is in. */
function startOfLine(bytes: Buffer, at: number): number {
  return at === bytes.length ? at : bytes.lastIndexOf(LINE_FEED, at) + 1;
}

/** The index behind the line that a byte is in. */
function endOfLine(bytes: Buffer, at: number): number {
  const feed = bytes.indexOf(LINE_FEED, at);
  return feed === -1 ? bytes.length : feed + 1;
}

/** Calls back with each line of a block, without its line break (LF or CRLF), and its number. */
export function eachLine({ bytes, line: first }: LineBlock, take: TakeLine): void {
  if (isAscii(bytes)) {
    eachLineOf(bytes.toString('latin1'), first, take);
    return;
  }
  const beyondAscii = new BeyondAscii(bytes);
  let line = first;
  for (let from = 0; from < bytes.length;) {
    const start = startOfLine(bytes, beyondAscii.next(from));
    line = eachLineOf(bytes.toString('latin1', from, start), line, take);
    let end = start;
    for (let next = start; next < bytes.length && startOfLine(bytes, next) === end; next = beyondAscii.next(end)) {
      end = endOfLine(bytes, next);
    }
    line = eachLineOf(bytes.toString('utf8', start, end), line, take);
    from = end;
  }
}
