import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import type { Outcome } from './read-outcome.ts';

// Half a minute alone; other tests may hold every core.
vi.setConfig({ testTimeout: 300_000 });

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** A model of 8 dimensions. */
const TINY_MODEL = fileURLToPath(new URL('../../cli/fixtures/tiny-model', import.meta.url));
const out = mkdtempSync(join(tmpdir(), 'task3-test-'));
afterAll(() => rmSync(out, { recursive: true }));

function task3(...words: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  // Without the large fixtures, as in a bare clone.
  const env = { HF_HUB_OFFLINE: '1', SENTENCE_MTL_FIXTURES: out };
  return spawnSync(process.execPath, [MAIN, '--out', out, ...words], { encoding: 'utf8', env });
}

test('the sample gives one table with every scenario, printed and saved; what is frozen does not change', () => {
  const { status, stdout, stderr } = task3('--encoder', TINY_MODEL, '--epochs', '2');
  expect([status, stderr.includes('11 of 11')]).toEqual([0, true]);
  expect(stdout.match(/^ {3}implies: /gm)).toHaveLength(11);
  expect(stdout.match(/^ {3}choose: /gm)).toHaveLength(11);
  const saved = JSON.parse(readFileSync(join(out, 'task3.json'), 'utf8')) as { readonly outcomes: readonly Outcome[] };
  const counts = saved.outcomes.map(({ trainedParameters }) => trainedParameters);
  const [frozen = NaN, heads = NaN, oneHead = NaN, without = NaN, upper = NaN, gradual = NaN, whole = NaN] = counts;
  expect([frozen, gradual]).toEqual([0, whole]);
  expect(heads).toBe(2 * 8 + 2 + (7 * 8 + 7));
  expect(whole - oneHead).toBe(2 * 8 + 2);
  expect(without).toBe(oneHead);
  expect(upper).toBeGreaterThan(heads);
  expect(upper).toBeLessThan(whole);
  for (const { memoryMb, secondsPerEpoch, scenario } of saved.outcomes) {
    expect(memoryMb).toBeGreaterThan(50);
    expect(secondsPerEpoch > 0, scenario.name).toBe(scenario.name !== 'everything frozen');
  }
  const [general, , , , , , last] = saved.outcomes;
  const scientific = saved.outcomes[7];
  expect(scientific?.tasks).toMatchObject({ sentiment: last?.tasks['sentiment'], intent: last?.tasks['intent'] });
  expect(Object.keys(general?.tasks ?? {})).toEqual(['sentiment', 'intent']);
  const headsOnScience = saved.outcomes[8];
  expect(headsOnScience?.tasks).toMatchObject({ sentiment: last?.tasks['sentiment'], intent: last?.tasks['intent'] });
  const markdown = readFileSync(join(out, 'task3.md'), 'utf8');
  expect(markdown.match(/^\| .* \|$/gm)).toHaveLength(11 + 2 * 2);
});

test.each([
  [['--data', '/no/such/folder'], /^task3: \/no\/such\/folder has not the data sets .*\n$/],
  [['--encoder', '/no/such/model'], /^task3: .*\/no\/such\/model.*\n$/],
  [['--epochs', '0'], /\ntask3: the number of epochs is 0; [^\n]+\n$/],
])('%j is a mistake that a line explains', (words, message) => {
  const { status, stdout, stderr } = task3(...words);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
});

test('Ctrl-C ends it, and leaves nothing behind', async () => {
  const temporary = join(out, 'temporary');
  mkdirSync(temporary);
  const env = { HF_HUB_OFFLINE: '1', SENTENCE_MTL_FIXTURES: out, TMPDIR: temporary };
  const child = spawn(process.execPath, [MAIN, '--out', out, '--encoder', TINY_MODEL, '--epochs', '50'], { env });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    if (!said.includes('3 of 11') && part.includes('3 of 11')) child.kill('SIGINT');
    said += part;
  });
  expect(await new Promise((resolve) => void child.on('close', resolve))).toBe(130);
  expect(said).toMatch(/\ntask3: interrupted\n$/);
  expect(readdirSync(temporary).filter((name) => name.startsWith('task3-'))).toEqual([]);
});
