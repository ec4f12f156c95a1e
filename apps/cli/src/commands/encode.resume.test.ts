import { spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Interruption } from '../command-line/interruption.ts';
import { runCommandLine } from '../command-line/run-command-line.ts';
import { memorySurroundings } from '../command-line/surroundings.test.support.ts';
import { sentenceMtlProgram } from '../program.ts';
import {
  MAIN,
  runBuiltProgram,
  TINY_MODEL,
  type ProgramOptions,
  type ProgramRun,
} from '../run-built-program.test.support.ts';
import { expectClose, expectedRows, npyValues, rowsIn } from './encode.test.support.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'encode-resume-'));
  writeFileSync(join(folder, 'long.txt'), `${LONG.join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Long texts make small windows: a file of them grows in many steps. */
const LONG = Array.from({ length: 4000 }, (_, row) => `row ${row} ${'of a long text '.repeat(20)}`);

/** Calls once the file has so many bytes; fails where the run has ended before. */
async function atSize(path: string, bytes: number, child: ChildProcess, call: () => void): Promise<void> {
  const size = (): number => (existsSync(path) ? statSync(path).size : -1);
  while (size() < bytes && child.exitCode === null) await wait(1);
  expect(child.exitCode, 'the run ended too early').toBeNull();
  call();
}

/** Encodes the long texts in a process of its own. */
async function encodeLong(
  out: string,
  words: readonly string[] = [],
  during?: ProgramOptions['during'],
): Promise<ProgramRun> {
  const all = ['encode', join(folder, 'long.txt'), '--model', TINY_MODEL, '--out', out, ...words];
  return runBuiltProgram(all, during === undefined ? {} : { during });
}

/** As above, and it is sent a signal once its file has so many bytes. */
async function endedBy(signal: NodeJS.Signals, bytes: number, out: string, ...words: string[]): Promise<ProgramRun> {
  const send = (child: ChildProcess) => atSize(`${out}.partial`, bytes, child, () => child.kill(signal));
  return encodeLong(out, words, (child) => void send(child));
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
  test('by a kill at any moment, time and again, is resumed: nothing is lost, nothing is there twice', async () => {
    const out = join(folder, 'killed.jsonl');
    for (const bytes of [0, 1, 300_000, 700_000, 1_100_000]) {
      const run = await endedBy('SIGKILL', bytes, out, '--resume');
      expect([run.exitCode, existsSync(out)]).toEqual([null, false]);
    }
    const left = statSync(`${out}.partial`).size;
    const last = await encodeLong(out, ['--resume', '--json']);
    const { rows, rowsBefore } = JSON.parse(last.stdout) as { rows: number; rowsBefore: number };
    expect(rows).toBe(4000);
    expect(rowsBefore).toBeGreaterThan(2000);
    expect(statSync(out).size).toBeGreaterThan(left);
    expectClose(rowsIn(out), await expectedRows(LONG));
  });

  test('and killed while it writes a matrix is resumed too', async () => {
    const out = join(folder, 'killed.npy');
    expect((await endedBy('SIGKILL', 200, out)).exitCode).toBeNull();
    const last = await encodeLong(out, ['--resume']);
    expect(last).toMatchObject({ exitCode: 0, stderr: '' });
    const values = npyValues(out);
    const expected = (await expectedRows(LONG)).flatMap(({ embedding }) => embedding);
    expect(values).toHaveLength(expected.length);
    expect(Math.max(...values.map((value, i) => Math.abs(value - (expected[i] ?? NaN))))).toBeLessThan(1e-5);
  });

  test.skipIf(process.platform === 'win32')('by Ctrl-C finishes what is in hand, and says how to go on', async () => {
    const out = join(folder, "it's stopped.jsonl");
    const run = await endedBy('SIGINT', 1, out);
    expect(run).toMatchObject({ exitCode: 130, stdout: '' });
    const [notice, stopped, command = ''] = run.stderr.trimEnd().split('\n');
    expect(notice).toBe(
      'Finishing what is in hand and saving; Ctrl-C again leaves as soon as what is computed now is done.',
    );
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
    const twice = await encodeLong(out, [], (child) => {
      void atSize(`${out}.partial`, 1, child, () => child.kill('SIGINT'));
      child.stderr?.once('data', () => child.kill('SIGINT'));
    });
    expect(twice.exitCode).toBe(130);
    const more = statSync(`${out}.partial`).size + 1;
    expect(await endedBy('SIGTERM', more, out, '--resume')).toMatchObject({ exitCode: 143 });
    const run = await encodeLong(out, ['--resume']);
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
    await endedBy('SIGKILL', 1, out);
    const anew = await encodeLong(out);
    expect(anew).toMatchObject({ exitCode: 2, stdout: '' });
    expect(anew.stderr).toMatch(
      /other.jsonl.partial is of an unfinished run: add --resume to go on with it, or delete it/,
    );
    const otherOptions = await encodeLong(out, ['--resume', '--no-normalize']);
    expect(otherOptions.stderr).toMatch(
      /cannot go on with .*: it was begun with normalize undefined, and this run has false/,
    );
    utimesSync(join(folder, 'long.txt'), new Date(0), new Date(0));
    const otherInput = await encodeLong(out, ['--resume']);
    expect(otherInput.stderr).toMatch(
      /it was begun with input ".*long.txt of \d+ bytes, changed .*", and this run has ".*1970/,
    );
  });
});
