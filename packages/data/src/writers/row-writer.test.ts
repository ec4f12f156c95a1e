import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import papaparse from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DataFileError } from '../errors.ts';
import { csvLine, openCsvWriter, type CsvValue } from './csv.ts';
import { jsonLine, openJsonLinesWriter } from './json-lines.ts';
import type { RowWriter, WriteOptions } from './row-writer.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'writers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Every format of lines, with rows that have all that could confuse a count of lines. */
const formats = [
  {
    name: 'rows.jsonl',
    open: (path: string, options: WriteOptions): Promise<RowWriter<number>> =>
      mapped(openJsonLinesWriter(path, options), (id) => ({ id, text: 'a\n"b"\r\n,' })),
  },
  {
    name: 'rows.csv',
    open: (path: string, options: WriteOptions): Promise<RowWriter<number>> =>
      mapped(openCsvWriter(path, ['id', 'text\nof row'], options), (id) => [id, 'a\n"b"\r\n,']),
  },
];

async function mapped<Row>(opening: Promise<RowWriter<Row>>, row: (id: number) => Row): Promise<RowWriter<number>> {
  const writer = await opening;
  return { ...writer, write: (ids) => writer.write(ids.map(row)) };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe.each(formats)('$name', ({ name, open }) => {
  async function whole(path: string, rows: number): Promise<string> {
    const writer = await open(path, {});
    await writer.write(range(0, rows));
    await writer.finish();
    return readFileSync(path, 'utf8');
  }

  test('has its name only when it is whole, and leaves nothing beside it', async () => {
    const path = join(folder, 'whole', name);
    const writer = await open(path, {});
    await writer.write([0, 1]);
    expect(existsSync(path)).toBe(false);
    await writer.finish();
    expect(readdirSync(join(folder, 'whole')).filter((each) => each.startsWith(name))).toEqual([name]);
  });

  test('killed at any byte and resumed, it has the same bytes: nothing lost, nothing twice', async () => {
    const expected = await whole(join(folder, `expected-${name}`), 4);
    const bytes = Buffer.from(expected);
    const path = join(folder, `killed-${name}`);
    for (let cut = 0; cut <= bytes.length; cut++) {
      writeFileSync(
        `${path}.partial.json`,
        `{"settings":${name.endsWith('.csv') ? '{"columns":["id","text\\nof row"]}' : '{}'}}`,
      );
      writeFileSync(`${path}.partial`, bytes.subarray(0, cut));
      const writer = await open(path, { resume: true });
      await writer.write(range(writer.rowsBefore, 4));
      await writer.finish();
      expect(readFileSync(path, 'utf8'), `cut at ${cut}`).toBe(expected);
      rmSync(path);
    }
  });

  test('left and resumed, it goes on; the old file stands until then', async () => {
    const path = join(folder, `left-${name}`);
    const expected = await whole(path, 3);
    const first = await open(path, { settings: { model: 'minilm' } });
    await first.write([0, 1]);
    await first.leave();
    appendFileSync(`${path}.partial`, '{"torn');
    expect(readFileSync(path, 'utf8')).toBe(expected);
    const second = await open(path, { resume: true, settings: { model: 'minilm' } });
    expect(second.rowsBefore).toBe(2);
    await second.write([2]);
    await second.finish();
    expect(readFileSync(path, 'utf8')).toBe(expected);
  });

  test('is not resumed with other settings, nor when it is finished', async () => {
    const path = join(folder, `other-${name}`);
    const writer = await open(path, { settings: { model: 'a' } });
    await writer.leave();
    const other = open(path, { resume: true, settings: { model: 'b' } });
    await expect(other).rejects.toBeInstanceOf(DataFileError);
    await expect(other).rejects.toThrow('it was begun with model "a", and this run has "b"; use the same settings');
    await whole(path, 1);
    await expect(open(path, { resume: true })).rejects.toThrow(/there is nothing to resume: .* is finished/);
  });

  test('says so where it cannot be written', async () => {
    writeFileSync(join(folder, `file-${name}`), '');
    const writing = open(join(folder, `file-${name}`, 'x'), {});
    await expect(writing).rejects.toBeInstanceOf(DataFileError);
    await expect(writing).rejects.toThrow(/^cannot write .*x: /);
  });
});

describe('a line of JSON Lines', () => {
  test('has float32 numbers in a short form that reads back as the same float32', () => {
    expect(jsonLine({ text: 'a', embedding: Float32Array.of(0.1, -1 / 3, 1e-8, 1e-30, 0) })).toBe(
      '{"text":"a","embedding":[0.1,-0.33333334,1e-8,1e-30,0]}\n',
    );
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true, noDefaultInfinity: true }), (embedding) => {
        const { read } = JSON.parse(jsonLine({ read: embedding })) as { read: number[] };
        expect(Float32Array.from(read)).toEqual(embedding.map((value) => (Object.is(value, -0) ? 0 : value)));
      }),
    );
  });

  test('keeps the order and the names of its values, whatever they are', () => {
    expect(jsonLine({ b: 1, ['__proto__']: [Int8Array.of(-1).at(0)], codes: Uint8Array.of(255), no: undefined })).toBe(
      '{"b":1,"__proto__":[-1],"codes":[255]}\n',
    );
  });
});

describe('a line of CSV', () => {
  test.each<[readonly CsvValue[], string]>([
    [['a', 1.5, true, null], 'a,1.5,true,'],
    [['a "quoted" word', 'with, comma', 'two\nlines'], '"a ""quoted"" word","with, comma","two\nlines"'],
    [['=1+1', '+1', '-1', '@x', '\tx'], `'=1+1,'+1,'-1,'@x,'\tx`],
    [[-1, 'x-1'], '-1,x-1'],
    [[' space '], '" space "'],
    [[null], '""'],
  ])('%j', (cells, line) => {
    expect(csvLine(cells)).toBe(`${line}\n`);
  });

  test('no cell begins like a formula, and all cells are read back', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', "'", 'a', ' ') }),
          { minLength: 1 },
        ),
        (cells) => {
          const { data } = new papaparse.Parser({ delimiter: ',', newline: '\n' }).parse(csvLine(cells), 0, true);
          expect(data.length).toBe(1);
          data[0]?.forEach((cell, index) => {
            expect(cell).toBe(/^[=+\-@\t\r]/.test(cells[index] ?? '') ? `'${cells[index]}` : cells[index]);
          });
        },
      ),
    );
  });
});
