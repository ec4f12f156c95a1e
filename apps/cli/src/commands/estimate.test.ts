import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { Alternative, Estimate } from '../estimating/estimate-run.ts';
import { QUICK, run, tickets, ticketsCsv, type CommandRun } from './train.test.support.ts';

const folder = mkdtempSync(join(tmpdir(), 'estimate-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'tickets.csv'), ticketsCsv(tickets(90)));

/** A clock of which each look takes a millisecond, and a process of 5 MB. */
function surroundings(): { readonly now: () => number; readonly peakMemory: () => number } {
  let time = 0;
  return { now: () => time++, peakMemory: () => 5_000_000 };
}
const estimated = async (...words: string[]): Promise<CommandRun> =>
  run(['estimate', 'tickets.csv', ...QUICK, ...words], folder, surroundings());

interface Result extends Estimate {
  readonly alternatives: readonly Alternative[];
  readonly peakBytes: number;
}

test('steps and parameters are those that the training then has, and nothing is left behind', async () => {
  mkdirSync(join(folder, 'scratch'));
  vi.stubEnv('TMPDIR', join(folder, 'scratch'));
  const { exitCode, stdout, stderr } = await estimated('--epochs', '5', '--json');
  expect(exitCode, stderr).toBe(0);
  const result = JSON.parse(stdout) as Result;
  vi.unstubAllEnvs();
  // The runtime has files of its own there.
  expect(readdirSync(join(folder, 'scratch')).filter((name) => name.startsWith('sentence-mtl'))).toEqual([]);
  expect(readdirSync(folder)).toEqual(['scratch', 'tickets.csv']);

  const words = ['train', 'tickets.csv', ...QUICK, '--epochs', '5', '--out', 'run', '--json', '--no-baselines'];
  const trained = await run(words, folder);
  const events = trained.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const [started, stage] = ['started', 'stage'].map((name) => events.find(({ event }) => event === name));
  expect(result.steps).toBe(started?.['steps']);
  expect(result.trainedParameters).toBe(stage?.['trainedParameters']);
  expect(result.timed).toBe(20);
  expect(result.stepSeconds).toBeGreaterThan(0);
  expect(result.cacheSeconds).toBe(0);
  expect(result.evaluationSeconds).toBeGreaterThan(0);
  expect(result.savingSeconds).toBeGreaterThan(0);
  expect(result.startSeconds).toBeGreaterThan(0);
  expect(result.seconds).toBeCloseTo(
    result.startSeconds + result.steps * result.stepSeconds + result.evaluationSeconds + result.savingSeconds,
    9,
  );
  // All train: a value, its gradient and two moments, of 4 bytes each.
  expect(result.parameterBytes).toBe(16 * result.trainedParameters);
  expect(result.peakBytes).toBe(5_000_000);
});

test('what would be faster is measured too', async () => {
  const { stdout } = await estimated('--max-length', '8', '--json');
  const { alternatives, trainedParameters } = JSON.parse(stdout) as Result;
  // The encoder has one layer, of which there is no half.
  expect(alternatives.map(({ change }) => change)).toEqual(['--freeze encoder', '--max-length 4']);
  const [frozen] = alternatives;
  expect(frozen?.estimate.trainedParameters).toBeLessThan(trainedParameters);
  expect(frozen?.estimate.cacheSeconds).toBeGreaterThan(0);
  expect(frozen?.estimate.timed).toBe(10);
});

test('for people it is text', async () => {
  const { exitCode, stdout } = await estimated('--freeze', 'encoder');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^steps +180\ntrained +\d+ parameters\nmemory +[\d.]+ kB for parameters, gradients and moments; 5.0 MB at the most so far\n/,
  );
  expect(stdout).toMatch(
    /\ntime +\d+ s: 0\.\d{3} s a step, by 20 real ones, after \d+ s for frozen outputs that are kept; \d+ s for evaluations and \d+ s for writing models and checkpoints\n/,
  );
  expect(stdout).toMatch(/\n\nnothing more to freeze, and no text that a shorter length would cut\n$/);
  const shorter = await estimated('--freeze', 'encoder', '--max-length', '8');
  expect(shorter.stdout).toMatch(
    /\nwhat would change the time:\n--max-length 4 +\d+ s +0\.\d{3} s a step and \d+ s before +\d+\.\d times as fast\n$/,
  );
});

test.each([
  [['--freeze', 'encodr'], 2, 'did you mean encoder?'],
  [['--out', 'x'], 2, "unknown option '--out'"],
  [['--tasks', 'mood'], 2, 'there are no labels for task mood'],
  [['--text-column', 'txt'], 1, 'there is no column "txt"'],
])('%j is refused', async (words, exitCode, message) => {
  const ended = await estimated(...words);
  expect([ended.exitCode, ended.stderr]).toEqual([exitCode, expect.stringContaining(message)]);
});
