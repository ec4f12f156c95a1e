import { spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { sizeOfShape } from '@sentence-mtl/core';
import { readRows } from '@sentence-mtl/data';
import { openSafetensors } from '@sentence-mtl/model-files';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Interruption } from '../command-line/interruption.ts';
import { runCommandLine } from '../command-line/run-command-line.ts';
import { memorySurroundings } from '../command-line/surroundings.test.support.ts';
import { sentenceMtlProgram } from '../program.ts';
import { MAIN, runBuiltProgram, TINY_MODEL, type ProgramRun } from '../run-built-program.test.support.ts';
import { SentenceEncoder } from '../sentence-encoder.ts';

interface EmbeddedRow {
  readonly text: string;
  readonly embedding: readonly number[];
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'encode-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const rowsOf = (text: string): readonly EmbeddedRow[] =>
  text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as EmbeddedRow]));
const rowsIn = (path: string): readonly EmbeddedRow[] => rowsOf(readFileSync(path, 'utf8'));

/** The values behind the header of NumPy's format, which has 128 bytes. */
const npyValues = (path: string): Float32Array => new Float32Array(Uint8Array.from(readFileSync(path)).buffer, 128);

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

async function expectedRows(texts: readonly string[], normalize?: boolean): Promise<readonly EmbeddedRow[]> {
  const encoder = await SentenceEncoder.load(TINY_MODEL);
  const { data, shape } = await encoder.encode(texts, { normalize });
  await encoder.dispose();
  return texts.map((text, row) => ({ text, embedding: [...data.subarray(row * shape[1], (row + 1) * shape[1])] }));
}

function expectClose(found: readonly EmbeddedRow[], expected: readonly EmbeddedRow[]): void {
  expect(found.map(({ text }) => text)).toEqual(expected.map(({ text }) => text));
  for (const [row, { embedding }] of found.entries()) {
    expect(embedding).toHaveLength(8);
    embedding.forEach((value, i) => expect(value).toBeCloseTo(expected[row]?.embedding[i] ?? NaN, 5));
  }
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
    const skipped = await encoded([broken, '--skip-bad-rows']);
    expect(rowsOf(skipped.stdout).map(({ text }) => text)).toEqual(['a', 'b']);
    expect(skipped.stderr).toMatch(/^left out: .*:2: .*\nleft out: .*:4: .*\n2 embeddings/);
  });
});

/** Long texts make small windows: a file of them grows in many steps. */
const LONG = Array.from({ length: 4000 }, (_, row) => `row ${row} ${'of a long text '.repeat(20)}`);

/** Calls once the file has so many bytes; fails where the run has ended before. */
async function atSize(path: string, bytes: number, child: ChildProcess, call: () => void): Promise<void> {
  const size = (): number => (existsSync(path) ? statSync(path).size : -1);
  while (size() < bytes && child.exitCode === null) await wait(1);
  expect(child.exitCode, 'the run ended too early').toBeNull();
  call();
}

/** Encodes the long texts in a process of its own, which is sent a signal once its file has so many bytes. */
async function endedBy(
  signals: readonly NodeJS.Signals[],
  bytes: number,
  out: string,
  ...more: string[]
): Promise<ProgramRun> {
  const words = ['encode', join(folder, 'long.txt'), '--model', TINY_MODEL, '--out', out, ...more];
  return runBuiltProgram(words, {
    during: (child) =>
      void atSize(`${out}.partial`, bytes, child, () => signals.forEach((signal) => child.kill(signal))),
  });
}

test('an input that breaks off leaves what is written, and says how to go on', async () => {
  async function* breaking(): AsyncGenerator<Buffer> {
    yield Buffer.from(`${LONG.join('\n')}\n`);
    throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
  }
  const out = join(folder, 'broken-off.jsonl');
  const surroundings = memorySurroundings({ stdin: Readable.from(breaking()) });
  const words = ['encode', '-', '--model', TINY_MODEL, '--out', out];
  expect(await runCommandLine(words, sentenceMtlProgram(), surroundings)).toBe(1);
  expect(surroundings.stderr.text).toBe(
    `What is written is kept; go on with:\n  sentence-mtl encode --resume - --model ${TINY_MODEL} --out ${out}\nerror: cannot read standard input: EIO: i/o error, read\n`,
  );
  const kept = rowsIn(`${out}.partial`);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.map(({ text }) => text)).toEqual(LONG.slice(0, kept.length));
});

describe('a run that is ended', () => {
  beforeAll(() => file('long.txt', `${LONG.join('\n')}\n`));

  test('by a kill at any moment, time and again, is resumed: nothing is lost, nothing is there twice', async () => {
    const out = join(folder, 'killed.jsonl');
    for (const bytes of [0, 1, 300_000, 700_000, 1_100_000]) {
      const run = await endedBy(['SIGKILL'], bytes, out, '--resume');
      expect([run.exitCode, existsSync(out)]).toEqual([null, false]);
    }
    const left = statSync(`${out}.partial`).size;
    const last = await runBuiltProgram([
      'encode',
      join(folder, 'long.txt'),
      '--model',
      TINY_MODEL,
      '--out',
      out,
      '--resume',
      '--json',
    ]);
    const { rows, rowsBefore } = JSON.parse(last.stdout) as { rows: number; rowsBefore: number };
    expect(rows).toBe(4000);
    expect(rowsBefore).toBeGreaterThan(2000);
    expect(statSync(out).size).toBeGreaterThan(left);
    expectClose(rowsIn(out), await expectedRows(LONG));
  });

  test('and killed while it writes a matrix is resumed too', async () => {
    const out = join(folder, 'killed.npy');
    expect((await endedBy(['SIGKILL'], 200, out)).exitCode).toBeNull();
    const last = await runBuiltProgram([
      'encode',
      join(folder, 'long.txt'),
      '--model',
      TINY_MODEL,
      '--out',
      out,
      '--resume',
    ]);
    expect(last).toMatchObject({ exitCode: 0, stderr: '' });
    const values = npyValues(out);
    const expected = (await expectedRows(LONG)).flatMap(({ embedding }) => embedding);
    expect(values).toHaveLength(expected.length);
    expect(Math.max(...values.map((value, i) => Math.abs(value - (expected[i] ?? NaN))))).toBeLessThan(1e-5);
  });

  test.skipIf(process.platform === 'win32')('by Ctrl-C finishes what is in hand, and says how to go on', async () => {
    const out = join(folder, "it's stopped.jsonl");
    const run = await endedBy(['SIGINT'], 1, out);
    expect(run).toMatchObject({ exitCode: 130, stdout: '' });
    const [notice, stopped, command = ''] = run.stderr.trimEnd().split('\n');
    expect(notice).toBe('Finishing what is in hand; Ctrl-C again leaves at once.');
    const rows = Number(
      /^stopped after ([\d,]+) of 4,000 rows; go on with:$/.exec(stopped ?? '')?.[1]?.replaceAll(',', ''),
    );
    expect(rowsIn(`${out}.partial`)).toHaveLength(rows);
    // The command line that it gives is one that a shell takes.
    const again = command.replace(/^ *sentence-mtl/, `"${process.execPath}" "${MAIN}"`);
    const { status, stdout } = spawnSync('sh', ['-c', `${again} --json`], { encoding: 'utf8' });
    expect([status, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ rows: 4000, rowsBefore: rows })]);
    expectClose(rowsIn(out), await expectedRows(LONG));
  });

  test.skipIf(process.platform === 'win32')('by a second Ctrl-C or by SIGTERM keeps whole rows too', async () => {
    const out = join(folder, 'left.jsonl');
    const twice = await runBuiltProgram(['encode', join(folder, 'long.txt'), '--model', TINY_MODEL, '--out', out], {
      during: (child) => {
        void atSize(`${out}.partial`, 1, child, () => child.kill('SIGINT'));
        child.stderr?.once('data', () => child.kill('SIGINT'));
      },
    });
    expect(twice.exitCode).toBe(130);
    const more = statSync(`${out}.partial`).size + 1;
    expect(await endedBy(['SIGTERM'], more, out, '--resume')).toMatchObject({ exitCode: 143 });
    const run = await runBuiltProgram([
      'encode',
      join(folder, 'long.txt'),
      '--model',
      TINY_MODEL,
      '--out',
      out,
      '--resume',
    ]);
    expect(run.exitCode).toBe(0);
    expectClose(rowsIn(out), await expectedRows(LONG));
  });

  test('while its input is silent does not wait for it', async () => {
    const interruption = new Interruption();
    const stdin = new Readable({ read: () => setImmediate(() => interruption.receive('SIGINT')) });
    const surroundings = memorySurroundings({ stdin, interruption });
    const exitCode = await runCommandLine(['encode', '-', '--model', TINY_MODEL], sentenceMtlProgram(), surroundings);
    expect([exitCode, surroundings.stdout.text]).toEqual([130, '']);
    expect(surroundings.stderr.text).toMatch(/\nstopped after 0 rows\n$/);
  });

  test('unfinished is not begun anew by mistake, and not resumed with anything else', async () => {
    const out = join(folder, 'other.jsonl');
    await endedBy(['SIGKILL'], 1, out);
    const words = [join(folder, 'long.txt'), '--out', out];
    const anew = await encoded(words);
    expect(anew).toMatchObject({ exitCode: 2, stdout: '' });
    expect(anew.stderr).toMatch(
      /other.jsonl.partial is of an unfinished run: add --resume to go on with it, or delete it/,
    );
    const otherOptions = await encoded([...words, '--resume', '--no-normalize']);
    expect(otherOptions.stderr).toMatch(
      /cannot go on with .*: it was begun with normalize undefined, and this run has false/,
    );
    utimesSync(join(folder, 'long.txt'), new Date(0), new Date(0));
    const otherInput = await encoded([...words, '--resume']);
    expect(otherInput.stderr).toMatch(
      /it was begun with input ".*long.txt of \d+ bytes, changed .*", and this run has ".*1970/,
    );
  });
});

test.skipIf(process.platform === 'win32')('a reader that has enough ends the program, quietly', () => {
  const rows = file('many.txt', 'a text\n'.repeat(200_000));
  const script = `"${process.execPath}" "${MAIN}" encode "${rows}" --model "${TINY_MODEL}" | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect(stdout).toMatch(/^\{"text":"a text","embedding":\[.*\]\}\n141\n$/);
  expect(stderr).toBe('');
});
