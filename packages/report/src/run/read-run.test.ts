import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunFileError } from '../errors.ts';
import { nastyRun } from '../run.test.support.ts';
import { readRun } from './read-run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-run-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = nastyRun(20);
const write = (name: string, value: unknown): void => writeFileSync(join(folder, name), JSON.stringify(value));
const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

describe('readRun', () => {
  it('reads what the files say, and nothing where a file is missing', async () => {
    write('config.json', run.config);
    const bare = await readRun(folder);
    expect(bare.config).toEqual(run.config);
    expect([bare.data, bare.results, bare.test, bare.metrics]).toEqual([undefined, undefined, undefined, []]);
    write('data.json', run.data);
    write('results.json', run.results);
    write('test.json', run.test);
    write('train.json', run.settings);
    writeFileSync(join(folder, 'metrics.jsonl'), lines(run.metrics));
    writeFileSync(join(folder, 'timing.jsonl'), lines(run.timing));
    // JSON has no undefined and no halves of pairs of its own; what is read is what was written.
    const { name: _, ...expected } = JSON.parse(JSON.stringify(run)) as typeof run;
    expect(await readRun(folder)).toMatchObject(expected);
  });

  it('takes a last line that a crash has cut for none, and leaves out lines of other kinds', async () => {
    write('config.json', run.config);
    writeFileSync(
      join(folder, 'metrics.jsonl'),
      `{"kind":"later","x":1}\n${lines(run.metrics.slice(0, 1))}{"kind":"st`,
    );
    expect((await readRun(folder)).metrics).toEqual(run.metrics.slice(0, 1));
  });

  it('says what is wrong with a folder and with a damaged file', async () => {
    await expect(readRun(folder)).rejects.toThrow(/has no config.json: it is not the folder of a run/);
    write('config.json', run.config);
    writeFileSync(join(folder, 'results.json'), '{"testRows": 1');
    await expect(readRun(folder)).rejects.toThrow(/results.json is no JSON: it is damaged/);
    write('results.json', { testRows: 'many', baselineRows: 0, tasks: {} });
    await expect(readRun(folder)).rejects.toThrow(/results.json: testRows: /);
    await expect(readRun(folder)).rejects.toBeInstanceOf(RunFileError);
  });
});
