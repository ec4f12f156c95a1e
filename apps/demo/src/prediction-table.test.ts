import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { nextCommands } from './next-commands.ts';
import { predictionTable } from './prediction-table.ts';
import { runSentenceMtl } from './run-sentence-mtl.ts';
import { trainingWords } from './training-words.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

test(
  'what the demo types trains a model, which then predicts both labels of each text',
  { timeout: 120_000 },
  async () => {
    const run = join(folder, 'run');
    const tiny = ['--encoder', 'apps/cli/fixtures/tiny-model', '--freeze', 'encoder', '--quiet', '--no-baselines'];
    // Of a flag that is given twice the last counts.
    expect(await runSentenceMtl([...trainingWords(run), ...tiny], ROOT, 'ignore')).toBe(0);
    const lines = (await predictionTable(join(run, 'model'), ['good day', 'where is my parcel'])).split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^good day {12}\w+ \d+ % +\w+ \d+ %$/),
      expect.stringMatching(/^where is my parcel {2}\w+ \d+ % +\w+ \d+ %$/),
    ]);
    for (const words of nextCommands(join(run, 'model'), 'where is my parcel')) {
      expect(await runSentenceMtl(words, ROOT, 'ignore'), words[0]).toBe(0);
    }
  },
);

test('a command line that fails is told by its exit code', async () => {
  expect(
    await runSentenceMtl(['train', 'nowhere.jsonl', '--out', join(folder, 'none'), '--quiet'], ROOT, 'ignore'),
  ).toBe(1);
});
