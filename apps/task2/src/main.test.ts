import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classification } from '@sentence-mtl/heads';
import { createTaskModel, loadSentenceModel, writeTaskModel } from '@sentence-mtl/model';
import { afterAll, beforeAll, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'task2-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function task2(...words: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

test('five sentences: for each a label of both tasks and the first dimensions of its embedding', () => {
  const { status, output } = task2();
  expect(status).toBe(0);
  expect(output).toMatch(/^The two heads are untrained/);
  expect(output.match(/^\d {2}\S.*$/gm)).toHaveLength(5);
  expect(output.match(/^ {3}topic {6}(delivery|billing|account|praise|fault) \(0\.\d\d\)$/gm)).toHaveLength(5);
  expect(output.match(/^ {3}sentiment {2}(negative|neutral|positive) \(0\.\d\d\)$/gm)).toHaveLength(5);
  expect(output.match(/^ {3}embedding {2}\[(-?0\.\d{4}, ){5}…\] of 384 values$/gm)).toHaveLength(5);
  expect(task2()).toEqual({ status, output });
});

test('a saved model says what its own tasks say', async () => {
  const tasks = { mood: classification(['good', 'bad']) };
  await writeTaskModel(join(folder, 'model'), createTaskModel(await loadSentenceModel('minilm'), tasks, 1));
  const { status, output } = task2('--model', join(folder, 'model'), 'It rains.');
  expect(status).toBe(0);
  expect(output).toMatch(/^1 {2}It rains\.\n {3}mood {7}(good|bad) \(0\.\d\d\)\n {3}embedding /);
});

test('a folder that is none, and an option that does not exist, are one line', () => {
  expect(task2('--model', join(folder, 'none'))).toMatchObject({
    status: 1,
    output: expect.stringMatching(/^task2: .*none.*\n$/),
  });
  expect(task2('--modle', 'x')).toMatchObject({
    status: 1,
    output: expect.stringMatching(/^task2: Unknown option '--modle'/),
  });
});
