import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collect, pieces, plain } from './read-rows.test.support.ts';
import { BadRowsError, DataFileError } from './errors.ts';
import { readRows, type ReadOptions } from './read-rows.ts';
import type { RowProblem } from './row-problem.ts';
import type { DataFormat } from './source/file-format.ts';
import type { Row } from './row.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-rows-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Rows of a stream that comes byte by byte. */
async function read(format: DataFormat, content: string | Uint8Array, options: ReadOptions = {}): Promise<Row[]> {
  return collect(readRows({ name: 'data', bytes: pieces(content, 1) }, { format, ...options }));
}

describe('rows of each format', () => {
  const refund = { text: 'I want my money back', labels: { intent: 'refund', mood: null }, columns: {} };

  test.each<[DataFormat, string]>([
    ['jsonl', '{"text":"I want my money back","labels":{"intent":"refund","mood":null}}\n'],
    ['csv', 'text,intent,mood\nI want my money back,refund,\n'],
    ['csv', 'text;intent;mood\r\n"I want my money back";refund;\r\n'],
    ['csv', '\ufefftext|intent|mood\nI want my money back|refund|'],
    ['tsv', 'intent\tmood\ttext\nrefund\t\tI want my money back\n'],
  ])('%s: %j', async (format, content) => {
    expect((await read(format, content)).map(plain)).toEqual([refund]);
  });

  test('each row knows its line, whatever blank lines and line breaks inside of cells are before it', async () => {
    const csv = await read('csv', 'text,intent\r\n"two\r\nlines",a\r\n\r\n"a ""quoted"" word",b\r\nplain,c');
    expect(csv.map(({ line, labels }) => [line, labels['intent']])).toEqual([
      [2, 'a'],
      [5, 'b'],
      [6, 'c'],
    ]);
    expect(csv.map((row) => row.kind === 'text' && row.text)).toEqual(['two\nlines', 'a "quoted" word', 'plain']);
    const json = await read('jsonl', '\ufeff{"text":"a"}\n\n  \r\n{"text":"b"}\r\n{"text":"c"}');
    expect(json.map(({ line }) => line)).toEqual([1, 4, 5]);
  });

  test('every line of a text file is a row, an empty one too', async () => {
    expect((await read('text', 'one\r\n\n {"two"} \n')).map((row) => row.kind === 'text' && row.text)).toEqual([
      'one',
      '',
      ' {"two"} ',
    ]);
  });

  test('labels may be strings, numbers, booleans, lists or missing; what is none is a column', async () => {
    const [row] = await read(
      'jsonl',
      '{"id":7,"text":"x: y","labels":{"tags":["a","b"],"stars":4.5,"spam":true,"none":null},"meta":{"deep":[1]}}',
    );
    expect(row && plain(row)).toEqual({
      text: 'x: y',
      labels: { tags: ['a', 'b'], stars: 4.5, spam: true, none: null },
      columns: { id: 7, meta: { deep: [1] } },
    });
  });

  test('pairs have two texts and perhaps a score', async () => {
    const json = await read('jsonl', '{"text_a":"a","text_b":"b","score":3.5}\n{"text_a":"c","text_b":"d"}');
    const csv = await read('csv', 'text_a,text_b,score,relation\na,b,3.5,same\nc,d,,other\n');
    expect(json.map((row) => row.kind === 'pair' && row.score)).toEqual([3.5, null]);
    expect(csv.map(plain)).toEqual([
      { textA: 'a', textB: 'b', score: 3.5, labels: { relation: 'same' }, columns: {} },
      { textA: 'c', textB: 'd', score: null, labels: { relation: 'other' }, columns: {} },
    ]);
  });

  test('a score beside a text is a column like others', async () => {
    const csv = await read('csv', 'text,score\na,3.5\n');
    expect(csv.map(plain)).toEqual([{ text: 'a', labels: { score: '3.5' }, columns: {} }]);
    const json = await read('jsonl', '{"text":"a","score":3.5}');
    expect(json.map(plain)).toEqual([{ text: 'a', labels: {}, columns: { score: 3.5 } }]);
  });

  test('texts and pairs may stand in one file, each with the cells of the other empty', async () => {
    const csv = await read('csv', 'text,text_a,text_b,score,t\na,,,,x\n,b,c,1,\n,,,,\n');
    const json = await read(
      'jsonl',
      '{"text":"a","text_a":null,"text_b":null}\n{"text":null,"text_a":"b","text_b":"c"}',
    );
    expect(csv.map(plain)).toEqual([
      { text: 'a', labels: { t: 'x' }, columns: {} },
      { textA: 'b', textB: 'c', score: 1, labels: { t: null }, columns: {} },
      { text: '', labels: { t: null }, columns: {} },
    ]);
    expect(json.map(({ kind }) => kind)).toEqual(['text', 'pair']);
  });

  test('columns can have other names, and only some be labels', async () => {
    const columns = { text: 'sentence', labels: ['intent'] };
    const expected = [{ text: 'hi', labels: { intent: 'greet' }, columns: { id: '1' } }];
    expect((await read('csv', 'id,sentence,intent\n1,hi,greet', { columns })).map(plain)).toEqual(expected);
    expect((await read('jsonl', '{"id":"1","sentence":"hi","intent":"greet"}', { columns })).map(plain)).toEqual(
      expected,
    );
  });

  test('names of prototypes are names like others', async () => {
    const content = 'text,__proto__,constructor\nhi,a,b\n';
    const [row] = await read('csv', content);
    expect(row?.labels['__proto__']).toBe('a');
    expect(row?.labels['constructor']).toBe('b');
    const [json] = await read('jsonl', '{"text":"hi","labels":{"__proto__":"a"},"toString":1}');
    expect(json?.labels['__proto__']).toBe('a');
    expect(json?.labels['constructor']).toBeUndefined();
    expect(json?.columns['toString']).toBe(1);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  test('quotes are text where cells are not quoted', async () => {
    const [row] = await read('tsv', 'text\tintent\n"Hello" she said\ta\n', { quoted: false });
    expect(row?.kind === 'text' && row.text).toBe('"Hello" she said');
  });

  test('a stream without a format is JSON Lines, a table or text, as it begins', async () => {
    const sniff = async (content: string, options: ReadOptions = {}): Promise<readonly unknown[]> =>
      (await collect(readRows({ name: '-', bytes: pieces(content, 3) }, options))).map(plain);
    const row = { text: 'a', labels: {}, columns: {} };
    const labelled = { ...row, labels: { intent: 'b' } };
    expect(await sniff(' {"text":"a"}')).toEqual([row]);
    expect(await sniff('\ufefftext,intent\r\na,b\r\n')).toEqual([labelled]);
    expect(await sniff('intent\ttext\nb\ta')).toEqual([labelled]);
    expect(await sniff('intent;"sentence"\nb;a\n', { columns: { text: 'sentence' } })).toEqual([labelled]);
    const lines = 'a text, with commas\ntext,\n';
    expect(await sniff(lines)).toEqual([
      { ...row, text: 'a text, with commas' },
      { ...row, text: 'text,' },
    ]);
    expect(await sniff('text\na')).toEqual([{ ...row, text: 'text' }, row]);
  });
});

const LATIN1 = new Uint8Array(Buffer.from('text,intent\ncaf\u00e9,a', 'latin1'));

describe('rows that cannot be read', () => {
  test.each<[DataFormat, string | Uint8Array, string]>([
    ['jsonl', '{"text":"a"', 'data:1: the line is no JSON ('],
    ['jsonl', '{"text":"a"}\n{"text":"b"} {"text":"c"}', 'data:2: the line is no JSON ('],
    ['jsonl', '[\n{"text":"a"}]', 'data:1: a row must be a JSON object on one line; this begins a list'],
    ['jsonl', '"a"', 'data:1: the line is "\\"a\\""; a JSON object is needed'],
    ['jsonl', 'null', 'data:1: the line is "null"; a JSON object is needed'],
    ['jsonl', '{"text":null}', 'data:1: "text" is null; a string is needed'],
    ['jsonl', '{"text":5}', 'data:1: "text" is 5; a string is needed'],
    ['jsonl', '{"text":["a"]}', 'data:1: "text" is a list of 1; a string is needed'],
    ['jsonl', '{"sentence":"a"}', 'data:1: the row has no "text"; give it one'],
    ['jsonl', '{"text_a":null,"text_b":null}', 'data:1: "text_a" is null; a string is needed'],
    ['jsonl', '{"text_a":"a"}', 'data:1: "text_b" is missing; a string is needed'],
    ['jsonl', '{"text":"a","text_a":"b","text_b":"c"}', 'data:1: the row has "text" and a pair; keep one of them'],
    [
      'jsonl',
      '{"text_a":"a","text_b":"b","score":"high"}',
      'data:1: "score" is "high"; a number such as 3.5 is needed',
    ],
    ['jsonl', '{"text":"a","labels":["x"]}', 'data:1: "labels" is a list of 1; an object with a label for each task'],
    ['jsonl', '{"text":"a","labels":{"t":{"x":1}}}', 'data:1: the label of task "t" is {"x":1}; a string'],
    ['jsonl', '{"text":"a","labels":{"t":[["x"]]}}', 'data:1: the label of task "t" is a list of 1; a string'],
    ['jsonl', '{"text":"a","text":"b"}', 'data:1: the key "text" stands twice; keep one of them'],
    ['jsonl', '{"text":"a","labels":{"t":"x","\\u0074":"y"}}', 'data:1: the key "t" stands twice'],
    ['jsonl', '{"text":"a\0"}', 'data:1: the line has a NUL character; is this a text file?'],
    ['jsonl', `{"text":"a","deep":${'['.repeat(101)}${']'.repeat(101)}}`, 'data:1: its values nest more than 100 deep'],
    ['jsonl', `{"deep":${'{"a":'.repeat(9999)}1${'}'.repeat(9999)}}`, 'data:1: its values nest more than 100 deep'],
    [
      'csv',
      'text,intent\na,b,c',
      'data:2: the row has 3 cells, the header 2; put quotes around a cell that contains ","',
    ],
    ['csv', 'text,intent\nx,y\na', 'data:3: the row has 1 cell, the header 2'],
    ['csv', 'text,intent\n"a" b,c\n', 'data:2: a quote inside of a quoted cell is not doubled; write ""'],
    ['csv', 'text,intent\n"a\nb" c,d\n', 'data:2: a quote inside of a quoted cell of the row in lines 2 to 3 is not'],
    ['csv', 'text,intent\na\0,c\n', 'data:2: a cell has a NUL character; is this a text file?'],
    ['csv', 'text_a,text_b,score\na,b,"3,5"', 'data:2: "score" is "3,5"; a number such as 3.5 is needed'],
    ['csv', LATIN1, 'data:2: byte 15 of the file (0xE9) is no UTF-8; in Latin-1 it is "é": save the file as UTF-8'],
    ['text', 'a\nb\0c\n', 'data:2: the line has a NUL character; is this a text file?'],
    [
      'text',
      Uint8Array.of(0x61, 0x0a, 0xc3, 0x0a),
      'data:2: byte 2 of the file (0xC3) is no UTF-8; in Latin-1 it is "Ã"',
    ],
  ])('$0: $2', async (format, content, message) => {
    const reading = read(format, content);
    await expect(reading).rejects.toBeInstanceOf(BadRowsError);
    await expect(reading).rejects.toThrow(message);
  });

  test('are passed over where something takes them, and the rows around them are read', async () => {
    const problems: string[] = [];
    const onBadRow = (problem: RowProblem): void => {
      problems.push(`${problem.line} ${problem.raw}`);
    };
    const csv = await read('csv', 'text,intent\na,x\n"b" b\nb,y\n"c\nc"c,z\nd,w\n', { onBadRow });
    expect(csv.map(({ line, labels }) => [line, labels['intent']])).toEqual([
      [2, 'x'],
      [4, 'y'],
      [7, 'w'],
    ]);
    expect(problems).toEqual(['3 "b" b', '5 "c\nc"c,z']);
  });

  test('stop the reading with up to 20 of them and no row from behind the first', async () => {
    const seen: number[] = [];
    const lines = Array.from({ length: 50 }, (_, index) => (index < 2 ? '{"text":"a"}' : '{"text":1}'));
    const reading = async (): Promise<void> => {
      for await (const { line } of readRows(file('many.jsonl', lines.join('\n')))) seen.push(line);
    };
    const error = await reading().catch((caught: unknown) => caught);
    expect(error instanceof BadRowsError && error.problems.length).toBe(20);
    expect(seen).toEqual([1, 2]);
  });

  test('a line over the limit is one problem, however it comes', async () => {
    const content = `{"text":"a"}\n{"text":"${'x'.repeat(5000)}"}\n{"text":"b"}\n`;
    for (const size of [1, 7, 100, 10_000]) {
      const problems: number[] = [];
      const options = { maximumLineBytes: 100, onBadRow: ({ line }: { line: number }) => void problems.push(line) };
      const rows = await collect(readRows({ name: 'data', bytes: pieces(content, size) }, options));
      expect([rows.map(({ line }) => line), problems]).toEqual([[1, 3], [2]]);
    }
  });
});

describe('files that cannot be read', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['empty.jsonl', '', 'empty.jsonl has no rows; is it the right file?'],
    ['header.csv', 'text,intent\n', 'header.csv has no rows'],
    ['blank.jsonl', '\n\n', 'blank.jsonl has no rows'],
    [
      'other.csv',
      'sentence,txt\na,b\n',
      'other.csv: there is no column "text" among "sentence", "txt"; is "txt" meant? Say so, by --text-column or columns.text',
    ],
    ['half.csv', 'text_b,x\na,b\n', 'half.csv: there is no column "text_a" among "text_b", "x"'],
    ['twice.csv', 'text,a,a\nx,y,z\n', 'twice.csv:1: two columns are named "a"; rename one'],
    ['open.csv', 'text,a\nx,y\n"x,y\nz,w\n', 'open.csv:3: a quote opens in this row and is not closed again'],
    ['utf16.csv', Uint8Array.of(0xff, 0xfe, 0x74, 0), 'utf16.csv: it is UTF-16 (little endian); save it as UTF-8'],
    ['utf16be.txt', new Uint8Array(Buffer.from('some text', 'utf16le').swap16()), 'it is UTF-16 (big endian)'],
    ['utf16le.txt', new Uint8Array(Buffer.from('some text', 'utf16le')), 'it is UTF-16 (little'],
    ['book.csv', 'PK\x03\x04...', 'book.csv: it is a zip archive or an Excel workbook; unpack it, or export it as CSV'],
    ['data.bin', 'text', 'data.bin: its name does not tell its format; give the format'],
  ])('$0: $2', async (name, content, message) => {
    const reading = collect(readRows(file(name, content)));
    await expect(reading).rejects.toBeInstanceOf(DataFileError);
    await expect(reading).rejects.toThrow(message);
  });

  test('a missing file and a folder', async () => {
    await expect(collect(readRows(join(folder, 'none.csv')))).rejects.toThrow(/none\.csv: it does not exist/);
    await expect(collect(readRows(folder, { format: 'csv' }))).rejects.toThrow(/it is a folder; name a file/);
  });

  test('a row that stays open is given up at the limit', async () => {
    const content = `text\n"${'a\n'.repeat(2000)}`;
    await expect(read('csv', content, { maximumLineBytes: 1000 })).rejects.toThrow('data:2: a quote opens in this row');
  });
});
