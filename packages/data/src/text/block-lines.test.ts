import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, eachLine } from './block-lines.ts';

const CHARACTERS = ['a', '"', '\r', '\u007f', '\u0080', 'é', '\u2028', '€', '📦'];
const line = fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 9 });

/** The bytes of a text, at any place in longer memory. */
function bytesOf(text: string, offset: number): Buffer {
  return Buffer.concat([Buffer.alloc(offset, 'é'), Buffer.from(text), Buffer.from('é')]).subarray(
    offset,
    offset + Buffer.byteLength(text),
  );
}

function linesOf(text: string, offset: number): readonly (readonly [number, string])[] {
  const lines: (readonly [number, string])[] = [];
  eachLine({ kind: 'lines', line: 7, bytes: bytesOf(text, offset) }, (each, number) => lines.push([number, each]));
  return lines;
}

test('lines are those of the whole text, ASCII or not, wherever its bytes stand', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), fc.boolean(), fc.nat(9), (lines, isEnded, offset) => {
      const text = lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : '');
      const whole = text.split('\n').map((each) => each.replace(/\r$/, ''));
      // What a last line break ends is no line more, nor is nothing.
      const expected = text === '' || text.endsWith('\n') ? whole.slice(0, -1) : whole;
      expect(linesOf(text, offset)).toEqual(expected.map((each, index) => [7 + index, each]));
      expect(decodeText(bytesOf(text, offset))).toBe(text);
    }),
    { numRuns: 2000 },
  );
});
