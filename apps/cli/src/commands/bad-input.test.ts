// Every kind of bad input that people bring, as a table: what a file holds, and what check-data and train say of it, where.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openEmbeddingWriter } from '@sentence-mtl/data';
import { afterAll, describe, expect, test } from 'vitest';
import { TINY_MODEL } from '../run-built-program.test.support.ts';
import { run, type CommandRun } from './train.test.support.ts';

const folder = mkdtempSync(join(tmpdir(), 'bad-input-'));
afterAll(() => rmSync(folder, { recursive: true }));

const labelled = (text: string, intent: unknown): string => `${JSON.stringify({ text, labels: { intent } })}\n`;
/** Two good rows, so that what follows stands in line 3. */
const JSONL = labelled('one', 'a') + labelled('two', 'b');
const CSV = 'text,intent\none,a\ntwo,b\n';
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const torn = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);
const MANY = 9 * 2 ** 20;

type Content = string | Uint8Array;
/** What is said, in which `@` stands for the path of the file. */
type Row = readonly [file: string, holds: Content, says: string];

/** Files of which rows are bad: each is told with its line, and what else is in the file is read. */
const BAD_ROWS: readonly Row[] = [
  ['open.jsonl', `${JSONL}{"text": "a"\n`, '@:3: the line is no JSON ('],
  ['comma.jsonl', `${JSONL}{"text":"a",}\n`, '@:3: the line is no JSON ('],
  ['two.jsonl', `${JSONL}{"text":"a"}{"text":"b"}\n`, '@:3: the line is no JSON ('],
  ['nan.jsonl', `${JSONL}{"text":"a","labels":{"intent":NaN}}\n`, '@:3: the line is no JSON ('],
  ['list.jsonl', `${JSONL}[1]\n`, '@:3: the line is "[1]"; a JSON object is needed'],
  ['null.jsonl', `${JSONL}null\n`, '@:3: the line is "null"; a JSON object is needed'],
  ['pretty.jsonl', `${JSONL}[\n`, '@:3: a row must be a JSON object on one line; this begins a list'],
  ['key-twice.jsonl', `${JSONL}{"text":"a","text":"b"}\n`, '@:3: the key "text" stands twice; keep one of them'],
  [
    'label-twice.jsonl',
    `${JSONL}{"text":"a: b","labels":{"intent":"a","int\\u0065nt":"b"}}\n`,
    '@:3: the key "intent" stands twice',
  ],
  [
    'deep-list.jsonl',
    `${JSONL}{"text":"a","labels":${'['.repeat(5000)}${']'.repeat(5000)}}\n`,
    '@:3: its values nest more than 100 deep',
  ],
  [
    'deep-object.jsonl',
    `${JSONL}{"text":"a","x":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}\n`,
    '@:3: its values nest more than 100 deep',
  ],
  ['proto-text.jsonl', `${JSONL}{"__proto__":{"text":"a"}}\n`, '@:3: the row has no "text"'],
  ['text-number.jsonl', `${JSONL}{"text":7}\n`, '@:3: "text" is 7; a string is needed'],
  ['text-null.jsonl', `${JSONL}{"text":null}\n`, '@:3: "text" is null; a string is needed'],
  ['text-list.jsonl', `${JSONL}{"text":["a"]}\n`, '@:3: "text" is a list of 1; a string is needed'],
  ['text-other.jsonl', `${JSONL}{"txt":"a"}\n`, '@:3: the row has no "text"; give it one'],
  ['text-and-pair.jsonl', `${JSONL}{"text":"a","text_a":"b"}\n`, '@:3: the row has "text" and a pair; keep one'],
  ['half-pair.jsonl', `${JSONL}{"text_a":"b"}\n`, '@:3: "text_b" is missing; a string is needed'],
  ['score.jsonl', `${JSONL}{"text_a":"b","text_b":"c","score":"high"}\n`, '@:3: "score" is "high"; a number'],
  ['labels-text.jsonl', `${JSONL}{"text":"a","labels":"x"}\n`, '@:3: "labels" is "x"; an object'],
  ['labels-list.jsonl', `${JSONL}{"text":"a","labels":["x"]}\n`, '@:3: "labels" is a list of 1; an object'],
  ['label-object.jsonl', JSONL + labelled('c', { x: 1 }), '@:3: the label of task "intent" is {"x":1}; a string'],
  ['label-lists.jsonl', JSONL + labelled('c', [['x']]), '@:3: the label of task "intent" is a list of 1; a string'],
  [
    'label-huge.jsonl',
    `${JSONL}{"text":"a","labels":{"intent":1e999}}\n`,
    '@:3: the label of task "intent" is Infinity;',
  ],
  [
    'long-line.jsonl',
    `${JSONL}{"text":"${'a'.repeat(MANY)}"}\n${labelled('c', 'a')}`,
    '@:3: the line is longer than 8388608',
  ],
  ['no-end.jsonl', JSONL + 'a'.repeat(MANY), '@:3: the line is longer than 8388608'],
  [
    'latin1.jsonl',
    latin1(`${JSONL}{"text":"grüß"}\n`),
    '@:3: byte 89 of the file (0xFC) is no UTF-8; in Latin-1 it is "ü"',
  ],
  ['nul.jsonl', `${JSONL}{"text":"a\0b"}\n`, '@:3: the line has a NUL character; is this a text file?'],
  ['nuls.jsonl', new Uint8Array(10_000), '@:1: the line has a NUL character; is this a text file?'],
  ['more-cells.csv', `${CSV}a,b,c\nd,a\n`, '@:4: the row has 3 cells, the header 2; put quotes around a cell that'],
  ['fewer-cells.csv', `${CSV}a\nd,a\n`, '@:4: the row has 1 cell, the header 2; put quotes'],
  ['other-separator.csv', 'text,intent\none,a\ntwo;b\n', '@:3: the row has 1 cell, the header 2; put quotes'],
  ['cells.tsv', 'text\tintent\none\ta\nx\ta\tmany\ntwo\tb\n', '@:3: the row has 3 cells, the header 2; put quotes'],
  ['quote.csv', `${CSV}"a"b,c\nd,a\n`, '@:4: a quote inside of a quoted cell is not doubled; write ""'],
  ['return.csv', 'text,intent\none,a\rtwo,b\nthree,a\n', '@:2: the row has 3 cells, the header 2'],
  ['nul.csv', `${CSV}a\0b,a\n`, '@:4: a cell has a NUL character; is this a text file?'],
  ['latin1.csv', latin1(`${CSV}grüß,a\n`), '@:4: byte 26 of the file (0xFC) is no UTF-8; in Latin-1 it is "ü"'],
  ['long-cell.csv', `${CSV}"${'a'.repeat(MANY)}",b\n`, '@:4: the line is longer than 8388608'],
];

/** Files that are refused as a whole. */
const BAD_FILES: readonly Row[] = [
  ['empty.jsonl', '', '@ has no rows; is it the right file?'],
  ['blank.jsonl', '\n \n\t\n', '@ has no rows'],
  ['mark.jsonl', '\ufeff', '@ has no rows'],
  ['empty.csv', '', '@ has no rows'],
  ['header.csv', 'text,intent\n', '@ has no rows'],
  ['header-alone.tsv', 'text\tintent', '@ has no rows'],
  ['utf16.jsonl', utf16(`\ufeff${JSONL}`), 'cannot read @: it is UTF-16 (little endian); save it as UTF-8'],
  ['utf16-big.csv', utf16(`\ufeff${CSV}`).swap16(), 'cannot read @: it is UTF-16 (big endian); save it as UTF-8'],
  ['utf16-unmarked.csv', utf16(CSV), 'cannot read @: it is UTF-16 (little endian); save it as UTF-8'],
  [
    'returns.jsonl',
    JSONL.replaceAll('\n', '\r'),
    'cannot read @: its lines end in carriage returns alone; convert them',
  ],
  ['returns.csv', CSV.replaceAll('\n', '\r'), 'cannot read @: its lines end in carriage returns alone; convert them'],
  ['torn.jsonl.gz', torn(gzipSync(JSONL)), 'cannot read @: its gzip data is broken (unexpected end of file)'],
  ['torn.csv.gz', torn(gzipSync(CSV)), 'cannot read @: its gzip data is broken (unexpected end of file)'],
  ['behind.jsonl.gz', Buffer.concat([gzipSync(JSONL), Buffer.from('more')]), 'cannot read @: its gzip data is broken'],
  ['zip.csv', 'PK\x03\x04aaaa', 'cannot read @: it is a zip archive or an Excel workbook; unpack it'],
  ['pdf.csv', '%PDF-1.4', 'cannot read @: it is a PDF'],
  ['parquet.csv', 'PAR1abcdPAR1', 'cannot read @: it is a Parquet file; give it a name that ends in .parquet'],
  ['text.parquet', JSONL, 'cannot read @: its Parquet data is broken ('],
  ['empty.parquet', '', 'cannot read @: its Parquet data is broken (it has 0 bytes)'],
  ['open.csv', `${CSV}"never closed,a\nx,b\n`, '@:4: a quote opens in this row and is not closed again'],
  ['open-long.csv', `${CSV}"${'a\n'.repeat(MANY / 2)}`, '@:4: a quote opens in this row and is not closed again'],
  ['header-quote.csv', '"te"xt,intent\na,b\n', '@:1: a quote inside of a quoted cell is not doubled'],
  ['column-twice.csv', 'text,intent,intent\na,b,c\n', '@:1: two columns are named "intent"; rename one'],
  [
    'no-text.csv',
    'txt,intent\na,b\n',
    '@: there is no column "text" among "txt", "intent"; is "txt" meant? Say so, by --text-column or columns.text',
  ],
  [
    'no-names.csv',
    ',\na,b\n',
    '@: there is no column "text" among ""; say which column is meant, by --text-column or columns.text',
  ],
  ['unknown.xyz', JSONL, '@: its name does not tell its format'],
];

/** Files that can be read, and nothing be learnt from. */
const UNUSABLE: readonly Row[] = [
  ['no-labels.jsonl', '{"text":"a"}\n', 'there is nothing to learn: no column looks like labels'],
  [
    'flat.jsonl',
    '{"text":"a","intent":"x","mood":"y"}\n{"text":"b","intent":"z","mood":"y"}\n',
    'no column looks like labels; intent, mood beside the text are no labels, which JSON Lines has in "labels": {"text": …, "labels": {"intent": …}}',
  ],
  ['one-label.jsonl', labelled('a', 'x') + labelled('b', 'x'), 'intent: all its labels are the same'],
  ['forms.jsonl', JSONL + labelled('c', ['a']), 'intent: 1 of its 3 labels are lists, the others are not'],
  [
    'kinds.jsonl',
    `${JSONL}{"text_a":"b","text_b":"c","labels":{"intent":"a"}}\n`,
    '@:3: task intent has labels of single texts and of pairs; give them two names',
  ],
  [
    'names.csv',
    'text,__proto__,constructor\na,x,y\nb,z,w\n',
    '__proto__: "__proto__" cannot be the name of a task: every JavaScript object has a key of this name',
  ],
];

const said = ({ stdout, stderr }: CommandRun): string => stdout + stderr;
const pathOf = (file: string): string => join(folder, file);
const at = (file: string, says: string): string => says.replaceAll('@', pathOf(file));

async function ends(words: readonly string[], exitCode: number, says: string): Promise<CommandRun> {
  const ended = await run([...words, '--encoder', TINY_MODEL], folder);
  expect(said(ended)).toContain(says);
  expect([ended.exitCode, said(ended)]).toEqual([
    exitCode,
    expect.not.stringMatching(/fault of sentence-mtl|\n {4}at /),
  ]);
  return ended;
}

describe('a bad row is told with its line', () => {
  test.each(BAD_ROWS)('%s', async (file, holds, says) => {
    writeFileSync(pathOf(file), holds);
    const message = at(file, says);
    const { stdout } = await ends(['check-data', file], 1, message);
    expect(stdout).toContain('1 row cannot be used; --on-bad-row skip leaves it out');
    await ends(['train', file, '--out', 'run'], 1, message);
  });
});

describe('a bad file is refused, and it is said why', () => {
  test.each(BAD_FILES)('%s', async (file, holds, says) => {
    writeFileSync(pathOf(file), holds);
    await ends(['check-data', file], 1, at(file, says));
    await ends(['train', file, '--out', 'run'], 1, at(file, says));
  });

  test('a Parquet file that is cut, wherever', async () => {
    const writer = await openEmbeddingWriter(pathOf('whole.parquet'), { dimension: 1, elements: 'float32' }, {});
    await writer.write([{ text: 'a', embedding: Float32Array.of(1) }]);
    await writer.finish();
    const whole = readFileSync(pathOf('whole.parquet'));
    for (const length of [4, 11, 12, whole.length / 2, whole.length - 1]) {
      writeFileSync(pathOf('cut.parquet'), whole.subarray(0, length));
      await ends(['check-data', 'cut.parquet'], 1, at('cut.parquet', 'cannot read @: its Parquet data is broken ('));
    }
  });
});

describe('nothing to learn is a finding, and ends a training', () => {
  test.each(UNUSABLE)('%s', async (file, holds, says) => {
    writeFileSync(pathOf(file), holds);
    await ends(['check-data', file], 1, at(file, says));
    await ends(['train', file, '--out', 'run'], 2, at(file, says));
  });
});

describe('what is odd and can be used is used', () => {
  const odd: readonly Row[] = [
    ['crlf.jsonl', JSONL.replaceAll('\n', '\r\n'), 'rows: 2 train'],
    ['mark.csv', `\ufeff${CSV}`, 'rows: 2 train'],
    ['ends.csv', 'text,intent\r\none,a\ntwo,b\r\n', 'rows: 2 train'],
    ['semicolons.csv', 'text;intent\none, or so;a\ntwo;b\n', 'rows: 2 train'],
    ['spaces.csv', ' text , intent\none,a\ntwo,b\n', 'rows: 2 train'],
    ['nameless.csv', 'text,,intent\none,x,a\ntwo,y,b\n', 'rows: 2 train'],
    ['two.jsonl.gz', Buffer.concat([gzipSync(JSONL), gzipSync(labelled('three', 'a'))]), 'rows: 3 train'],
    ['plain.jsonl.gz', JSONL, 'rows: 2 train'],
    ['escapes.jsonl', `${JSONL}{"text":"\\u0000 \\ud800","labels":{"intent":"a"}}\n`, 'rows: 3 train'],
    [
      'names.jsonl',
      `${JSONL}{"text":"c","labels":{"intent":"a","toString":"x"},"__proto__":{"text":7}}\n`,
      'rows: 3 train',
    ],
    ['conflict.csv', `${CSV}One,b\n`, '@:4: another label of intent than @:2'],
    ['formula.csv', `${CSV}=1+1,a\n`, 'rows: 3 train'],
  ];
  test.each(odd)('%s', async (file, holds, says) => {
    writeFileSync(pathOf(file), holds);
    await ends(['check-data', file], 0, at(file, says));
  });
});

describe('labels that are none of a task are told with the nearest', () => {
  test('against a file of labels', async () => {
    writeFileSync(pathOf('known.csv'), 'text,intent\none,refund\ntwo,cancel\nthree,refnd\n');
    writeFileSync(pathOf('labels.json'), '{"tasks":{"intent":["refund","cancel"]}}');
    const says = '@:4: label "refnd" of task "intent" is not one of its 2 labels; did you mean "refund"?';
    await ends(['check-data', 'known.csv', '--labels', 'labels.json'], 1, at('known.csv', says));
    await ends(['train', 'known.csv', '--labels', 'labels.json', '--out', 'run'], 1, at('known.csv', says));
  });

  test('in a cell with several', async () => {
    writeFileSync(pathOf('tags.csv'), 'text,tags\none,a|b\ntwo,b\nthree,a|typo\n');
    writeFileSync(pathOf('tags.json'), '{"tasks":{"tags":["a","b"]}}');
    const words = ['tags.csv', '--labels', 'tags.json', '--tag-separator', '|'];
    const says = at('tags.csv', '@:4: label "typo" of task "tags" is not one of its 2 labels');
    await ends(['check-data', ...words], 1, says);
    await ends(['train', ...words, '--out', 'run'], 1, says);
  });

  test.each([
    ['{"tasks":{"intent":["a","a"]}}', 'the labels of task "intent" have "a" twice; keep one'],
    ['{"tasks":{"intent":[]}}', 'the labels of task "intent" are '],
    ['{"tasks":', 'broken.json is no JSON: '],
    ['[]', 'it must be {"tasks"'],
    ['{"tasks":{"a":["x"],"a":["y"]}}', 'the key "a" stands twice'],
  ])('a file of labels that is %s is refused', async (content, says) => {
    writeFileSync(pathOf('good.csv'), CSV);
    writeFileSync(pathOf('broken.json'), content);
    await ends(['check-data', 'good.csv', '--labels', 'broken.json'], 1, says);
  });
});

test.each([' ', '1,5', 'yes'])('a label %j where a number is needed is told with its line', async (label) => {
  writeFileSync(pathOf('stars.csv'), `text;stars\none;1.5\ntwo;${label}\nthree;4\n`);
  const words = ['stars.csv', '--tasks', 'stars:regression'];
  const says = at('stars.csv', `@:3: the label of task "stars" is ${JSON.stringify(label)}; a number`);
  await ends(['check-data', ...words], 1, says);
  await ends(['train', ...words, '--out', 'run'], 1, says);
});
