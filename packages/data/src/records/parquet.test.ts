// The fixtures are written by pyarrow (record/parquet.py).
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BadRowsError, DataFileError } from '../errors.ts';
import { collect, pieces, plain } from '../read-rows.test.support.ts';
import { readRows } from '../read-rows.ts';

const CODECS = ['none', 'snappy', 'gzip', 'brotli', 'zstd', 'lz4'];
const columns = { labels: ['intent', 'tags', 'stars', 'class', 'spam'] };

function fixture(codec: string): string {
  return new URL(`../../fixtures/rows-${codec}.parquet`, import.meta.url).pathname;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parquet-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(CODECS)('rows of a file that is compressed by %s are read', async (codec) => {
  const rows = await collect(readRows(fixture(codec), { columns }));
  const day = new Date('2026-11-01');
  expect(rows.map(({ line }) => line)).toEqual([1, 2, 3]);
  expect(rows.map(plain)).toEqual([
    {
      text: 'I want my money back',
      labels: { intent: 'refund', tags: ['a', 'b'], stars: 4.5, class: 0, spam: false, mood: 'angry' },
      columns: { id: 1, day },
    },
    {
      text: 'où est mon colis ? 📦',
      labels: { intent: 'delivery', tags: [], stars: null, class: 1, spam: true, mood: null },
      columns: { id: 2, day },
    },
    {
      text: '',
      labels: { intent: null, tags: null, stars: 1, class: null, spam: null },
      columns: { id: '9007199254740993', day },
    },
  ]);
});

test('all columns are labels where none are named, and a date is not a label', async () => {
  const reading = collect(readRows(fixture('none')));
  await expect(reading).rejects.toThrow(
    /none\.parquet:1: the label of task "day" is "2026-11-01T00:00:00.000Z"; a string/,
  );
});

test('a stream and a text file are refused', async () => {
  const bytes = pieces(readFileSync(fixture('none')), 1000);
  await expect(collect(readRows({ name: 'input', bytes }))).rejects.toThrow('input: Parquet is not read from a stream');
  const path = join(folder, 'text.parquet');
  writeFileSync(path, 'text,intent\na,b\n');
  await expect(collect(readRows(path))).rejects.toThrow(/text\.parquet: its Parquet data is broken \(/);
  const renamed = join(folder, 'renamed.csv');
  writeFileSync(renamed, readFileSync(fixture('none')));
  await expect(collect(readRows(renamed))).rejects.toThrow(
    /it is a Parquet file; give it a name that ends in .parquet/,
  );
});

test('a file that is cut off or changed anywhere gives rows or an error that says so, and never ends the process', async () => {
  const path = join(folder, 'changed.parquet');
  const change = fc.record({
    codec: fc.constantFrom(...CODECS),
    bytes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }),
    length: fc.option(fc.nat(), { freq: 4 }),
  });
  const property = fc.asyncProperty(change, async ({ codec, bytes, length }) => {
    const content = readFileSync(fixture(codec));
    for (const [at, byte] of bytes) content[at % content.length] = byte;
    writeFileSync(path, length === null ? content : content.subarray(0, length % content.length));
    try {
      await collect(readRows(path, { columns: { labels: ['intent'] } }));
    } catch (error) {
      expect(error instanceof DataFileError || error instanceof BadRowsError, String(error)).toBe(true);
    }
  });
  await fc.assert(property, { numRuns: 300 });
});
