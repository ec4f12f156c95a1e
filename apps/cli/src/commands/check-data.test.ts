import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { TINY_MODEL } from '../run-built-program.test.support.ts';
import { run, tickets, ticketsCsv, type CommandRun } from './train.test.support.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);
const checked = async (...words: string[]): Promise<CommandRun> =>
  run(['check-data', '--encoder', TINY_MODEL, ...words], folder);

const jsonl = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const labelled = (text: string, intent: unknown): unknown => ({ text, labels: { intent } });

test('data that is in order is said to be', async () => {
  write('good.csv', ticketsCsv(tickets(60)));
  const { exitCode, stdout, stderr } = await checked('good.csv');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout.split('\n')).toEqual([
    'rows: 60 train',
    expect.stringMatching(/^task +kind +labelled +missing +because$/),
    expect.stringMatching(/^intent +classification +60 +texts, 3 different$/),
    expect.stringMatching(/^urgent +classification +45 +15 +texts, 2 different$/),
    expect.stringMatching(/^minutes +regression +60 +numbers, 7 different$/),
    'labels of intent: refund 20, delivery 20, greeting 20',
    'labels of urgent: no 30, yes 15',
    expect.stringMatching(
      /^tokens, exactly, of all 60 texts: median \d+, 95 % up to \d+, longest \d+; training reads 24, which cuts \d+ /,
    ),
    'nothing looks wrong',
    '',
  ]);
});

describe('each problem is told with its place', () => {
  write(
    'train.jsonl',
    jsonl([
      labelled('where is it', 'Refund'),
      labelled('Where  is it', 'cancel'),
      labelled('give it back', 'refund '),
      labelled('give it back', 'refund '),
      labelled('   ', 'cancel'),
      labelled('stop it', 'cancel'),
      labelled('end it', 'other'),
    ]),
  );
  write('test.jsonl', jsonl([labelled('STOP IT', 'cancel'), labelled('go on', 'cancle')]));

  test('in text', async () => {
    const { exitCode, stdout, stderr } = await checked('train.jsonl', '--test', 'test.jsonl');
    const [train, tested] = [join(folder, 'train.jsonl'), join(folder, 'test.jsonl')];
    expect(stdout).toContain(
      `labels of intent that look alike: 1\n  "Refund" (1 row, first ${train}:1), "refund " (2 rows, first ${train}:3)\n`,
    );
    expect(stdout).toContain(`labels of intent with fewer than 3 rows: 3\n  ${train}:1: "Refund", 1 row\n`);
    expect(stdout).toContain(`empty texts: 1\n  ${train}:5\n`);
    expect(stdout).toContain(
      `contradicting labels of equal texts: 1\n  ${train}:2: another label of intent than ${train}:1\n`,
    );
    expect(stdout).toContain(
      `leakage: test rows whose text is in the training rows: 1\n  ${tested}:1: as ${train}:6\n`,
    );
    expect(stdout).toContain(`training rows with the text of an earlier one, of 7: 2\n  ${train}:2: as ${train}:1\n`);
    expect(stdout).toContain(
      `${tested}:2: label "cancle" of task "intent" is not one of its 4 labels; did you mean "cancel"?\n`,
    );
    expect(stdout).toMatch(/\ntraining would fail: 1 row cannot be used; --on-bad-row skip leaves it out\n$/);
    expect([exitCode, stderr]).toEqual([1, '']);
  });

  test('as one value for programs', async () => {
    const { exitCode, stdout } = await checked('train.jsonl', '--test', 'test.jsonl', '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      rows: { train: 7, validation: 0, test: 1 },
      equalTexts: {
        duplicates: { count: 2 },
        contradictions: { count: 1 },
        leaks: [{ count: 0 }, { side: 'test', other: 'train', count: 1 }, {}],
      },
      badRows: { count: 1, some: [{ line: 2 }] },
      failures: ['1 row cannot be used; --on-bad-row skip leaves it out'],
    });
  });
});

test('rows that cannot be used are written to a file where they are to be left out, and nowhere else', async () => {
  write('bad.jsonl', `${jsonl([labelled('a', 'x'), labelled('b', 'y')])}{"text": 7}\nno json\n`);
  const stopped = await checked('bad.jsonl', '--rejected', 'r.jsonl');
  expect([stopped.exitCode, existsSync(join(folder, 'r.jsonl'))]).toEqual([1, false]);
  expect(stopped.stdout).toMatch(/rows that cannot be used: 2\n .*bad\.jsonl:3: "text" is 7.*\n .*bad\.jsonl:4: /);
  const skipped = await checked('bad.jsonl', '--rejected', 'r.jsonl', '--on-bad-row', 'skip');
  expect([skipped.exitCode, skipped.stdout]).toEqual([0, expect.stringContaining('rows left out: 2\n')]);
  const rejected = readFileSync(join(folder, 'r.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(rejected).toEqual([
    { file: join(folder, 'bad.jsonl'), line: 3, reason: expect.stringContaining('"text" is 7'), row: '{"text": 7}' },
    { file: join(folder, 'bad.jsonl'), line: 4, reason: expect.any(String), row: 'no json' },
  ]);
});

test('rows that are left out are not written over the rows that are read', async () => {
  write('mine.jsonl', `${jsonl([labelled('a', 'x'), labelled('b', 'y')])}{"text": 7}\n`);
  const before = readFileSync(join(folder, 'mine.jsonl'), 'utf8');
  const { exitCode, stderr } = await checked('mine.jsonl', '--on-bad-row', 'skip', '--rejected', 'mine.jsonl');
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--rejected mine.jsonl is the file that is read')]);
  expect(readFileSync(join(folder, 'mine.jsonl'), 'utf8')).toBe(before);
});

describe('whatever is given, it ends with a sentence', () => {
  const deep = `{"text":"a","labels":${'['.repeat(5000)}${']'.repeat(5000)}}\n`;
  const cases: Readonly<Record<string, readonly [content: string | Uint8Array, exitCode: number, says: RegExp]>> = {
    'empty.jsonl': ['', 1, /has no rows/],
    'header.csv': ['text,intent\n', 1, /has no rows/],
    'utf16.jsonl': [Buffer.from('\ufeff{"text":"a"}\n', 'utf16le'), 1, /UTF-16/],
    'latin1.csv': [Buffer.from('text,intent\ngr\u00fc\u00df,a\n', 'latin1'), 1, /UTF-8|Latin-1/],
    'quote.csv': ['text,intent\n"never closed,a\n', 1, /quote/],
    'cells.csv': ['text,intent\na,b,c\nd,e\n', 1, /cells\.csv:2: /],
    'deep.jsonl': [deep, 1, /deep\.jsonl:1: /],
    'twice.jsonl': ['{"text":"a","text":"b"}\n', 1, /twice\.jsonl:1: .*twice/],
    'proto.jsonl': [
      '{"text":"a","labels":{"__proto__":"x","constructor":"y"}}\n',
      1,
      /training would fail: there is nothing to learn/,
    ],
    'types.jsonl': [
      '{"text":["a"]}\n{"text":"b","labels":{"intent":{"a":1}}}\n',
      1,
      /types\.jsonl:1: .*\n.*types\.jsonl:2: /,
    ],
    'torn.csv.gz': [gzipSync('text,intent\na,b\n').subarray(0, 20), 1, /torn\.csv\.gz/],
    'nolabels.jsonl': ['{"text":"a"}\n', 1, /training would fail: there is nothing to learn/],
    'huge.jsonl': [`{"text":"${'a'.repeat(9 * 2 ** 20)}"}\n{"text":"b"}\n`, 1, /huge\.jsonl:1: /],
  };
  test.each(Object.keys(cases))('%s', async (name) => {
    const [content, exitCode, says] = cases[name] ?? ['', 0, /never/];
    write(name, content);
    const ended = await checked(name);
    expect(ended.stdout + ended.stderr).toMatch(says);
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stderr).not.toMatch(/fault of sentence-mtl|\n {4}at /);
  });

  test.each([
    [['--quite', 'good.csv'], 2, 'Did you mean --quiet?'],
    [[], 2, 'no file of training rows is given'],
    [['gone.csv'], 1, 'it does not exist'],
  ])('%j', async (words, exitCode, message) => {
    const ended = await checked(...words);
    expect([ended.exitCode, ended.stderr]).toEqual([exitCode, expect.stringContaining(message)]);
  });
});
