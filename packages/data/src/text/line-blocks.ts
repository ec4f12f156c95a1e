// Bytes to whole lines, so that whoever parses a block sees each line at once and knows its number; the bytes after the
// last line break wait for more. A line that is too long or no UTF-8 is a problem, not an end.
import { Buffer, isUtf8 } from 'node:buffer';
import type { RowProblem } from '../row-problem.ts';
import { utf8Fault } from './utf8-fault.ts';

/** Some lines of a file, each with its line break (the file's last line may lack it). */
export interface LineBlock {
  readonly kind: 'lines';
  /** The number of the first line, from 1. */
  readonly line: number;
  /** Valid UTF-8. */
  readonly bytes: Buffer;
}

export interface LineLimits {
  /** The name of the file, for messages. */
  readonly file: string;
  readonly maximumLineBytes: number;
}

/** Where a block begins. */
interface Place {
  readonly line: number;
  /** The number of bytes before it. */
  readonly offset: number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** How many lines there are; the last may lack its line break. In texts a search costs a quarter of one in bytes. */
function countLines(bytes: Buffer): number {
  const text = bytes.toString('latin1');
  let count = text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function tooLong({ file, maximumLineBytes }: LineLimits, line: number, start: Buffer): RowProblem {
  const isOldMac = start.includes(CARRIAGE_RETURN);
  const advice = isOldMac
    ? 'its lines seem to end in carriage returns alone: convert them to line feeds'
    : 'is this a file of lines? If so, raise maximumLineBytes';
  return { kind: 'problem', file, line, message: `the line is longer than ${maximumLineBytes} bytes; ${advice}` };
}

function notUtf8({ file }: LineLimits, bytes: Buffer, { line, offset }: Place): RowProblem {
  const fault = utf8Fault(bytes) ?? 0;
  const name = `0x${(bytes[fault] ?? 0).toString(16).toUpperCase()}`;
  // Windows-1252 has Latin-1's letters and text in nearly all other bytes.
  const letter = new TextDecoder('windows-1252').decode(bytes.subarray(fault, fault + 1));
  const message = `byte ${offset + fault} of the file (${name}) is no UTF-8; in Latin-1 it is "${letter}": save the file as UTF-8, or read it with readRows and its encoding`;
  return { kind: 'problem', file, line, message, raw: bytes.toString('utf8') };
}

function lineProblem(limits: LineLimits, bytes: Buffer, place: Place): RowProblem | undefined {
  if (bytes.length > limits.maximumLineBytes) return tooLong(limits, place.line, bytes);
  return isUtf8(bytes) ? undefined : notUtf8(limits, bytes, place);
}

/** Looks at each line: blocks of the good ones, and a problem for each that is not. Returns the number of lines. */
function* sortLines(limits: LineLimits, bytes: Buffer, place: Place): Generator<LineBlock | RowProblem, number> {
  let good = { from: 0, line: place.line };
  let line = place.line;
  for (let from = 0; from < bytes.length; line++) {
    const feed = bytes.indexOf(LINE_FEED, from);
    const end = feed === -1 ? bytes.length : feed;
    const problem = lineProblem(limits, bytes.subarray(from, end), { line, offset: place.offset + from });
    if (problem !== undefined) {
      if (from > good.from) yield { kind: 'lines', line: good.line, bytes: bytes.subarray(good.from, from) };
      yield problem;
      good = { from: end + 1, line: line + 1 };
    }
    from = end + 1;
  }
  if (good.from < bytes.length) yield { kind: 'lines', line: good.line, bytes: bytes.subarray(good.from) };
  return line - place.line;
}

/** The lines of a block, and what is wrong with some. Returns their number. */
function* checkedBlock(limits: LineLimits, block: Buffer, place: Place): Generator<LineBlock | RowProblem, number> {
  const isStart = place.offset === 0 && block.subarray(0, 3).equals(BYTE_ORDER_MARK);
  const bytes = isStart ? block.subarray(3) : block;
  if (bytes.length === 0) return 0;
  if (bytes.length > limits.maximumLineBytes || !isUtf8(bytes)) {
    return yield* sortLines(limits, bytes, isStart ? { ...place, offset: 3 } : place);
  }
  yield { kind: 'lines', line: place.line, bytes };
  return countLines(bytes);
}

/** Blocks of whole lines, in order, with the problems of lines that cannot be read; memory is bounded by the limit. */
export async function* lineBlocks(
  pieces: AsyncIterable<Uint8Array>,
  limits: LineLimits,
): AsyncGenerator<LineBlock | RowProblem> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let skipping = false;
  let place: Place = { line: 1, offset: 0 };
  for await (const piece of pieces) {
    let bytes = asBuffer(piece);
    if (skipping) {
      const feed = bytes.indexOf(LINE_FEED);
      const skipped = feed === -1 ? bytes.length : feed + 1;
      skipping = feed === -1;
      place = { line: place.line + (skipping ? 0 : 1), offset: place.offset + skipped };
      bytes = bytes.subarray(skipped);
    }
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) {
      const block = waitingBytes > 0 ? Buffer.concat([...waiting, bytes.subarray(0, end)]) : bytes.subarray(0, end);
      const lines = yield* checkedBlock(limits, block, place);
      place = { line: place.line + lines, offset: place.offset + block.length };
      [waiting, waitingBytes] = [[], 0];
    }
    if (end < bytes.length) {
      waiting.push(bytes.subarray(end));
      waitingBytes += bytes.length - end;
    }
    if (waitingBytes > limits.maximumLineBytes) {
      yield tooLong(limits, place.line, waiting[0] ?? Buffer.alloc(0));
      place = { line: place.line, offset: place.offset + waitingBytes };
      [waiting, waitingBytes, skipping] = [[], 0, true];
    }
  }
  yield* checkedBlock(limits, Buffer.concat(waiting), place);
}
