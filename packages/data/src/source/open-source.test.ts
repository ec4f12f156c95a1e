import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BadRowsError, DataFileError } from '../errors.ts';
import { collect, pieces } from '../read-rows.test.support.ts';
import { readRows, type ReadOptions } from '../read-rows.ts';
import { findDataFiles } from './find-data-files.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'source-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function textsOf(path: string | readonly string[], options: ReadOptions = {}): Promise<readonly unknown[]> {
  return (await collect(readRows(path, options))).map((row) => row.kind === 'text' && row.text);
}

describe('gzip', () => {
  const csv = `text,intent\n${Array.from({ length: 3000 }, (_, row) => `text ${row * 7919},a\n`).join('')}`;

  test('is known by its first bytes, whatever the name, in files and streams', async () => {
    const zipped = gzipSync(csv);
    expect(await textsOf(file('rows.csv.gz', zipped))).toHaveLength(3000);
    expect(await textsOf(file('rows.csv', zipped))).toHaveLength(3000);
    const rows = await collect(readRows({ name: '-', bytes: pieces(zipped, 10) }, { format: 'csv' }));
    expect(rows.map(({ line }) => line).slice(-1)).toEqual([3001]);
  });

  test('of several members is read to the end', async () => {
    const members = Buffer.concat([gzipSync('{"text":"a"}\n'), gzipSync('{"text":"b"}\n')]);
    expect(await textsOf(file('members.jsonl.gz', members))).toEqual(['a', 'b']);
  });

  test('of UTF-16 is named as such', async () => {
    const path = file('utf16.csv.gz', gzipSync(Buffer.from('\ufefftext\na\n', 'utf16le')));
    await expect(textsOf(path)).rejects.toThrow('it is UTF-16 (little endian)');
  });

  test('that is cut off or changed is an error', async () => {
    const zipped = gzipSync(csv);
    await expect(textsOf(file('cut.csv.gz', zipped.subarray(0, -100)))).rejects.toThrow(
      /cut\.csv\.gz: its gzip data is broken \(unexpected end of file\); fetch or make it anew/,
    );
    const changed = Buffer.from(zipped);
    changed[zipped.length - 8] = (changed[zipped.length - 8] ?? 0) ^ 1; // The checksum.
    const reading = textsOf(file('changed.csv.gz', changed));
    await expect(reading).rejects.toBeInstanceOf(DataFileError);
    await expect(reading).rejects.toThrow(/its gzip data is broken \(incorrect data check\)/);
  });
});

describe('other encodings', () => {
  test.each([
    ['utf-16le', Buffer.from('\ufefftext\ncafé 📦\n', 'utf16le')],
    ['utf-16be', Buffer.from('text\ncafé 📦\n', 'utf16le').swap16()],
    ['latin1', Buffer.from('text\ncafé 📦\n'.replace('📦', '\x80'), 'latin1')],
  ] as const)('%s is read where it is given', async (encoding, bytes) => {
    const expected = encoding === 'latin1' ? 'café €' : 'café 📦';
    const rows = await collect(readRows({ name: '-', bytes: pieces(bytes, 1) }, { encoding, format: 'csv' }));
    expect(rows.map((row) => row.kind === 'text' && row.text)).toEqual([expected]);
  });

  test('what is not of the given encoding is an error', async () => {
    const path = file('odd.txt', Uint8Array.of(0x61, 0, 0x62));
    await expect(textsOf(path, { encoding: 'utf-16le' })).rejects.toThrow(
      /it is not all utf-16le; is this its encoding/,
    );
  });

  test('Latin-1 that is not named is a problem of each row that has it', async () => {
    const path = file('latin1.csv', Buffer.from('text\ncafé\nok\nthé\n', 'latin1'));
    const error: unknown = await textsOf(path).catch((caught: unknown) => caught);
    expect(error instanceof BadRowsError && error.problems.map(({ line }) => line)).toEqual([2, 4]);
  });
});

describe('a source', () => {
  const row = `{"text":"${'a'.repeat(100)}"}\n`;

  test.each([
    ['within what was looked at first', 1],
    ['later', 200],
    ['never', Infinity],
  ])('is let go when its reader stops: %s', async (_, stopAt) => {
    let open = 0;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      open++;
      try {
        for (let line = 0; line < 300; line++) yield new TextEncoder().encode(row);
      } finally {
        open--;
      }
    }
    let read = 0;
    for await (const each of readRows({ name: '-', bytes: bytes() })) {
      expect([each.line, open]).toEqual([++read, 1]);
      if (read === stopAt) break;
    }
    expect([read, open]).toEqual([Math.min(300, stopAt), 0]);
  });

  test('is let go when it cannot be read', async () => {
    let open = 0;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      open++;
      try {
        for (;;) yield new TextEncoder().encode('PK\x03\x04');
      } finally {
        open--;
      }
    }
    await expect(collect(readRows({ name: '-', bytes: bytes() }))).rejects.toThrow('it is a zip archive');
    expect(open).toBe(0);
  });

  test.each<[ReadOptions, string]>([
    [{ maximumLineBytes: 0 }, 'maximumLineBytes is 0; a whole number of at least 1 is needed'],
    [{ delimiter: '"' }, 'the delimiter is "\\""; one character that is no quote and no line break is needed'],
    [{ delimiter: '::' }, 'the delimiter is "::"; one character'],
  ])('is not read with %j', async (options, message) => {
    await expect(textsOf(file('options.csv', 'text\na\n'), options)).rejects.toThrow(message);
  });
});

describe('several files', () => {
  test('are read one after the other, each row knowing its file', async () => {
    const paths = [file('one.csv', 'text\na\n'), file('two.jsonl', '{"text":"b"}'), file('three.txt', 'c')];
    const rows = await collect(readRows(paths));
    expect(rows.map((row) => [row.file, row.line])).toEqual([
      [paths[0], 2],
      [paths[1], 1],
      [paths[2], 1],
    ]);
  });

  test('each must have rows, and their problems are listed together', async () => {
    await expect(textsOf([file('full.csv', 'text\na\n'), file('none.csv', 'text\n')])).rejects.toThrow(
      /none\.csv has no rows/,
    );
    const error: unknown = await textsOf([file('bad1.jsonl', '{"text":1}'), file('bad2.jsonl', '{"text":2}')]).catch(
      (caught: unknown) => caught,
    );
    expect(error instanceof BadRowsError && error.problems.length).toBe(2);
  });

  test('are found by patterns, in the order of their names, each once', async () => {
    for (const name of ['part-2.csv', 'part-1.csv', 'part[3].csv', 'sub/part-4.csv']) file(`glob/${name}`, 'text\na\n');
    const at = (name: string): string => join(folder, 'glob', name);
    expect(await findDataFiles([at('part-*.csv')])).toEqual([at('part-1.csv'), at('part-2.csv')]);
    expect(await findDataFiles([at('part-2.csv'), at('**/*.csv')])).toEqual([
      at('part-2.csv'),
      at('part-1.csv'),
      at('part[3].csv'),
      at('sub/part-4.csv'),
    ]);
    expect(await findDataFiles([at('part[3].csv'), at('missing.csv')])).toEqual([at('part[3].csv'), at('missing.csv')]);
    await expect(findDataFiles([at('*.tsv')])).rejects.toThrow(/no file matches .*\*\.tsv/);
  });
});
