import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collect } from '../read-rows.test.support.ts';
import { eachLine } from './block-lines.ts';
import { lineBlocks } from './line-blocks.ts';
import { utf8Fault } from './utf8-fault.ts';

const LIMIT = 12;

/** What each line is, and its number: its text, or why it cannot be read. */
async function linesOf(pieces: readonly Uint8Array[]): Promise<readonly (readonly [number, string])[]> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield* pieces;
  }
  const lines: (readonly [number, string])[] = [];
  for (const block of await collect(lineBlocks(stream(), { file: 'f', maximumLineBytes: LIMIT }))) {
    if (block.kind === 'problem') lines.push([block.line, block.message.includes('longer') ? 'long' : 'no UTF-8']);
    else eachLine(block, (text, line) => lines.push([line, text]));
  }
  return lines;
}

/** Lines of letters, of characters of one to four bytes, of bytes that are no UTF-8, and ones that are too long. */
const line = fc.oneof(
  fc
    .string({ unit: fc.constantFrom('a', 'é', '€', '📦', '\ufffd', '\ufeff'), maxLength: 3 })
    .map((text) => Buffer.from(text)),
  fc
    .uint8Array({ maxLength: 15 })
    .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 10 || byte === 13 ? 0 : byte)))),
);

/** Bytes cut at some places. */
const cut = (bytes: Buffer): fc.Arbitrary<readonly Uint8Array[]> =>
  fc.array(fc.nat(bytes.length)).map((places) => {
    const edges = [0, ...places.toSorted((a, b) => a - b), bytes.length];
    return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
  });

function expected(lines: readonly Buffer[]): readonly (readonly [number, string])[] {
  return lines.map((bytes, index) => {
    if (bytes.length > LIMIT) return [index + 1, 'long'];
    return [index + 1, isUtf8(bytes) ? bytes.toString() : 'no UTF-8'];
  });
}

test('every line is there once, as text or as a problem, wherever the bytes are cut', async () => {
  const files = fc.array(line, { minLength: 1, maxLength: 8 }).chain((lines) => {
    const bytes = Buffer.concat(lines.flatMap((each) => [each, Buffer.from('\n')]));
    return fc.tuple(fc.constant(lines), cut(bytes));
  });
  await fc.assert(
    fc.asyncProperty(files, async ([lines, pieces]) => {
      // A byte order mark at the start of a file is none of its text.
      const [first = Buffer.alloc(0), ...rest] = lines;
      const marked = first.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf));
      fc.pre(!marked || first.length <= LIMIT);
      expect(await linesOf(pieces)).toEqual(expected([marked ? first.subarray(3) : first, ...rest]));
    }),
    { numRuns: 500 },
  );
});

test('the fault is the first byte that is no UTF-8', () => {
  const prefix = fc.string({ unit: fc.constantFrom('a', 'é', '€', '📦', '\ufffd'), maxLength: 5 });
  const faults = fc.constantFrom(
    [0x80],
    [0xc3],
    [0xc3, 0x41],
    [0xe2, 0x82],
    [0xef, 0xbf],
    [0xf0, 0x9f, 0x93],
    [0xed, 0xa0, 0x80],
    [0xff],
  );
  fc.assert(
    fc.property(prefix, faults, prefix, (before, fault, behind) => {
      const bytes = Buffer.concat([Buffer.from(before), Buffer.from(fault), Buffer.from(` ${behind}`)]);
      expect(utf8Fault(bytes)).toBe(Buffer.byteLength(before));
      expect(utf8Fault(Buffer.from(before))).toBeUndefined();
    }),
  );
});
