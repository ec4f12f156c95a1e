import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collect } from '../read-rows.test.support.ts';
import { readRows } from '../read-rows.ts';
import type { RowProblem } from '../row-problem.ts';

/** Cells with all that has a meaning in CSV. */
const cell = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '"', ',', ';', '\t', '\n', '\r\n', 'é', '📦', "'"),
  maxLength: 6,
});

interface Table {
  readonly rows: readonly (readonly [text: string, label: string])[];
  readonly delimiter: string;
  readonly lineEnd: string;
  /** For each cell, whether it is quoted though it need not be. */
  readonly quoting: readonly boolean[];
  readonly places: readonly number[];
  readonly endsInLineEnd: boolean;
}

const table: fc.Arbitrary<Table> = fc.record({
  rows: fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  quoting: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  places: fc.array(fc.nat(200), { maxLength: 6 }),
  endsInLineEnd: fc.boolean(),
});

/** Writes CSV as RFC 4180 has it, by rules that are not those of our writer. */
function write({ rows, delimiter, lineEnd, quoting, endsInLineEnd }: Table): string {
  const lines = rows.map((cells, row) =>
    cells
      .map((text, column) => {
        const must = /["\r\n]/.test(text) || text.includes(delimiter) || text.trim() !== text;
        return must || quoting[2 * row + column] === true ? `"${text.replaceAll('"', '""')}"` : text;
      })
      .join(delimiter),
  );
  return [`text${delimiter}label`, ...lines].join(lineEnd) + (endsInLineEnd ? lineEnd : '');
}

async function* cut(bytes: Uint8Array, places: readonly number[]): AsyncGenerator<Uint8Array> {
  const edges = [0, ...places.map((place) => place % bytes.length).toSorted((a, b) => a - b), bytes.length];
  for (const [index, end] of edges.slice(1).entries()) yield bytes.subarray(edges[index], end);
}

describe('CSV', () => {
  test('is read back with the line of each row, whatever its cells, separator, line ends and cuts are', async () => {
    const property = fc.asyncProperty(table, async (written) => {
      const bytes = new TextEncoder().encode(write(written));
      const source = { name: 'f', bytes: cut(bytes, written.places) };
      const rows = await collect(readRows(source, { format: 'csv' }));
      let line = 2;
      const expected = written.rows.map(([text, label]) => {
        const place = line;
        line += 1 + `${text}${label}`.split('\n').length - 1;
        return [place, text.replaceAll('\r\n', '\n'), label === '' ? null : label.replaceAll('\r\n', '\n')];
      });
      expect(rows.map((row) => [row.line, row.kind === 'text' && row.text, row.labels['label']])).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 1000 });
  });

  test('of any characters gives rows and problems that together have every line, or an error', async () => {
    const content = fc.string({ unit: fc.constantFrom('a', '"', '"', ',', '\n', '\n', 'é'), maxLength: 60 });
    const property = fc.asyncProperty(content, fc.array(fc.nat(200), { maxLength: 4 }), async (text, places) => {
      const body = text.replace(/\n+/g, '\n').replace(/^\n|\n$/g, '');
      fc.pre(body !== '');
      const read = async (cuts: readonly number[]): Promise<readonly string[]> => {
        const problems: RowProblem[] = [];
        const source = { name: 'f', bytes: cut(new TextEncoder().encode(`text,label\n${body}`), cuts) };
        const onBadRow = (problem: RowProblem): void => void problems.push(problem);
        try {
          const rows = await collect(readRows(source, { format: 'csv', onBadRow }));
          return [...rows, ...problems].toSorted((a, b) => a.line - b.line).map((item) => `${item.line} ${item.kind}`);
        } catch (error) {
          return [String(error)];
        }
      };
      const whole = await read([]);
      expect(await read(places)).toEqual(whole);
      const lines = whole.map((each) => parseInt(each, 10));
      if (!Number.isNaN(lines[0])) expect([lines[0], new Set(lines).size]).toEqual([2, lines.length]);
    });
    await fc.assert(property, { numRuns: 1000 });
  });

  // Quadratic time would be minutes.
  test('with many broken rows takes linear time', async () => {
    const rows = 40_000;
    const content = `text,label\n${'"a" b,c\n'.repeat(rows)}`;
    let problems = 0;
    const source = { name: 'f', bytes: cut(new TextEncoder().encode(`${content}ok,d\n`), []) };
    const read = await collect(readRows(source, { format: 'csv', onBadRow: () => void problems++ }));
    expect([read.length, problems]).toEqual([1, rows]);
  });
});
