import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sizeOfShape } from '@sentence-mtl/core';
import { readRows } from '@sentence-mtl/data';
import { openSafetensors } from '@sentence-mtl/model-files';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../command-line/run-command-line.ts';
import { memorySurroundings } from '../command-line/surroundings.test.support.ts';
import { sentenceMtlProgram } from '../program.ts';
import { MAIN, TINY_MODEL, type ProgramRun } from '../run-built-program.test.support.ts';
import { expectClose, expectedRows, npyValues, rowsIn, rowsOf } from './encode.test.support.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'encode-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** Runs the command in this process. */
async function encoded(words: readonly string[], input = ''): Promise<ProgramRun> {
  const surroundings = memorySurroundings({ workingDirectory: folder, stdin: Readable.from([Buffer.from(input)]) });
  const exitCode = await runCommandLine(
    ['encode', '--model', TINY_MODEL, ...words],
    sentenceMtlProgram(),
    surroundings,
  );
  return { exitCode, stdout: surroundings.stdout.text, stderr: surroundings.stderr.text };
}

const TEXTS = ['where is my parcel', '', 'hello [SEP] world', 'a "quoted", text', 'x'.repeat(500), 'naïve 東京 👍'];

describe('rows come out in the order of the input, with the embeddings of the library', () => {
  const jsonLines = TEXTS.map((text) => `${JSON.stringify({ text, labels: { any: 'label' } })}\n`).join('');
  const csv = `id,text\n${TEXTS.map((text, id) => `${id},"${text.replaceAll('"', '""')}"\n`).join('')}`;

  test.each([
    ['JSON Lines', 'rows.jsonl', jsonLines],
    ['CSV', 'rows.csv', csv],
    ['text', 'rows.txt', `${TEXTS.join('\n')}\n`],
  ])('from %s', async (_, name, text) => {
    const run = await encoded([file(name, text)]);
    expect(run).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^6 embeddings of 8 values in /) });
    expectClose(rowsOf(run.stdout), await expectedRows(TEXTS));
  });

  test('from standard input, whose format is told by its first byte', async () => {
    expectClose(rowsOf((await encoded(['-'], jsonLines)).stdout), await expectedRows(TEXTS));
    expectClose(rowsOf((await encoded(['-', '--format', 'csv'], csv)).stdout), await expectedRows(TEXTS));
  });

  test('to a file, with a summary as JSON', async () => {
    const out = join(folder, 'out.jsonl');
    const run = await encoded([file('rows.jsonl', jsonLines), '--out', 'out.jsonl', '--json']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({
      out: 'out.jsonl',
      rows: 6,
      rowsBefore: 0,
      badRows: 0,
      dimension: 8,
    });
    expectClose(rowsIn(out), await expectedRows(TEXTS));
    expect(existsSync(`${out}.partial`) || existsSync(`${out}.partial.json`)).toBe(false);
  });

  test('of length 1, or as long as they are', async () => {
    const { stdout } = await encoded([file('rows.jsonl', jsonLines), '--no-normalize']);
    const expected = await expectedRows(TEXTS, false);
    expect(Math.hypot(...(expected[0]?.embedding ?? []))).not.toBeCloseTo(1, 2);
    expectClose(rowsOf(stdout), expected);
  });

  test('from the column that is named, also of pairs', async () => {
    const pairs = file('pairs.csv', 'text_a,text_b,body\none,two,three\n');
    const texts = await Promise.all(
      ['text_b', 'body'].map(
        async (column) => rowsOf((await encoded([pairs, '--text-column', column])).stdout)[0]?.text,
      ),
    );
    expect(texts).toEqual(['two', 'three']);
  });
});

describe('a file of embeddings', () => {
  interface Reader {
    readonly ending: string;
    readonly embeddings: (path: string) => Promise<Float32Array>;
  }
  const readers: readonly Reader[] = [
    {
      ending: 'jsonl',
      embeddings: async (path) => Float32Array.from(rowsIn(path).flatMap(({ embedding }) => embedding)),
    },
    { ending: 'npy', embeddings: async (path) => npyValues(path) },
    {
      ending: 'safetensors',
      async embeddings(path) {
        const opened = await openSafetensors(path);
        const values = new Float32Array(sizeOfShape(opened.tensors.get('embeddings')?.shape ?? []));
        await opened.readFloats('embeddings', values);
        await opened.close();
        return values;
      },
    },
    {
      ending: 'parquet',
      async embeddings(path) {
        const values: number[] = [];
        for await (const { columns } of readRows(path, { columns: { labels: [] } }))
          values.push(...(columns['embedding'] as number[]));
        return Float32Array.from(values);
      },
    },
  ];

  test.each(readers)('in .$ending holds what the library gives', async ({ ending, embeddings }) => {
    const out = join(folder, `formats.${ending}`);
    const run = await encoded([file('formats.txt', `${TEXTS.join('\n')}\n`), '--out', out]);
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/6 embeddings of 8 values in /) });
    const expected = (await expectedRows(TEXTS)).flatMap(({ embedding }) => embedding);
    const found = await embeddings(out);
    expect(found).toHaveLength(expected.length);
    found.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 5));
  });

  test('is input again', async () => {
    const out = join(folder, 'again.parquet');
    await encoded([file('again.txt', 'one\ntwo\n'), '--out', out]);
    expect(rowsOf((await encoded([out])).stdout).map(({ text }) => text)).toEqual(['one', 'two']);
  });
});

describe('what is wrong is one sentence:', () => {
  test.each<[string, () => readonly string[], number, RegExp]>([
    ['a missing file', () => ['nothere.csv'], 1, /^error: cannot read .*nothere.csv: it does not exist\n$/],
    ['a folder', () => ['.'], 1, /its name does not tell its format|is a folder/],
    ['an empty file', () => [file('empty.jsonl', '')], 1, /has no rows/],
    [
      'no column of texts',
      () => [file('txt.csv', 'txt\na\n')],
      1,
      /there is no column "text" among "txt".* is "txt" meant\?/,
    ],
    [
      'pairs',
      () => [file('pairs.jsonl', '{"text_a":"a","text_b":"b"}\n')],
      1,
      /pairs.jsonl:1: the row is a pair of texts; .*--text-column/,
    ],
    [
      'another ending',
      () => [file('a.txt', 'a\n'), '--out', 'a.npz'],
      2,
      /--out a.npz: the name tells the format and must end in .jsonl, .npy/,
    ],
    [
      'resuming nothing',
      () => [file('a.txt', 'a\n'), '--resume'],
      2,
      /--resume goes on with a file: name it with --out/,
    ],
    ['an unknown prompt', () => [file('a.txt', 'a\n'), '--prompt-name', 'qury'], 1, /qury.*query/],
    [
      'the file that is read',
      () => [file('same.jsonl', '{"text":"a"}\n'), '--out', 'same.jsonl'],
      2,
      /--out same.jsonl is the file that is read, and would write over its rows; name another file/,
    ],
    ['a folder that cannot be', () => [file('a.txt', 'a\n'), '--out', 'a.txt/b.jsonl'], 1, /cannot write .*b.jsonl/],
  ])('%s', async (_, words, exitCode, message) => {
    const run = await encoded(words());
    expect(run.stderr).toMatch(message);
    expect(
      run.stderr
        .trimEnd()
        .split('\n')
        .filter((line) => !line.startsWith('See ')),
    ).toHaveLength(1);
    expect(run).toMatchObject({ exitCode, stdout: '' });
  });

  test('broken rows, each with its line, before any work; or they are left out', async () => {
    const broken = file('broken.jsonl', '{"text":"a"}\n{"text":5}\n{"text":"b"}\nnot JSON\n');
    const refused = await encoded([broken, '--out', 'broken-out.jsonl']);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^error: .*broken.jsonl:2: "text" is .*\n.*broken.jsonl:4: /);
    expect(existsSync(join(folder, 'broken-out.jsonl.partial'))).toBe(false);
    const skipped = await encoded([broken, '--on-bad-row', 'skip']);
    expect(rowsOf(skipped.stdout).map(({ text }) => text)).toEqual(['a', 'b']);
    expect(skipped.stderr).toMatch(/^left out: .*:2: .*\nleft out: .*:4: .*\n2 embeddings/);
  });
});

test.skipIf(process.platform === 'win32')('a reader that has enough ends the program, quietly', () => {
  const rows = file('many.txt', 'a text\n'.repeat(200_000));
  const script = `"${process.execPath}" "${MAIN}" encode "${rows}" --model "${TINY_MODEL}" | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect(stdout).toMatch(/^\{"text":"a text","embedding":\[.*\]\}\n141\n$/);
  expect(stderr).toBe('');
});
