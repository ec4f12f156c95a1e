import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test, vi } from 'vitest';
import { TINY_MODEL, task4, temporaryFolder, type Running } from './main.test.support.ts';

// Seconds alone; other tests may hold every core.
vi.setConfig({ testTimeout: 240_000 });

const EPOCHS = 6;
const ROWS = 1200;

function dataFile(): string {
  const file = join(temporaryFolder(), 'train.jsonl');
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const [intent, tone] = [['refund', 'delivery'][row % 2], ['calm', 'angry', 'other'][row % 3]];
    return JSON.stringify({
      text: `please ${intent} order ${row}, ${tone} ${'thanks '.repeat(row % 5)}`,
      labels: { intent, tone },
    });
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** The hashes of all files of a run but timing.jsonl, by path. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const kept = paths.filter((path) => !path.endsWith('timing.jsonl')).toSorted();
  const hashes = kept.map((path) => [
    relative(folder, path),
    createHash('sha256').update(readFileSync(path)).digest('hex'),
  ]);
  return Object.fromEntries(hashes);
}

const DATA = dataFile();
const command = (run: string): readonly string[] =>
  `--data ${DATA} --encoder ${TINY_MODEL} --epochs ${EPOCHS} --run ${run}`.split(' ');

/** Sends a signal once, when the program has said something. */
function once(words: RegExp, signal: NodeJS.Signals): (running: Running) => void {
  let sent = false;
  return ({ said, kill }) => {
    if (sent || !words.test(said)) return;
    sent = true;
    kill(signal);
  };
}

test('a run that Ctrl-C or kill -9 ends goes on to the same bytes', async () => {
  const whole = join(temporaryFolder(), 'run');
  const uninterrupted = await task4(command(whole));
  expect(uninterrupted.status).toBe(0);
  const expected = filesOf(whole);
  expect(Object.keys(expected)).toEqual(
    expect.arrayContaining(['metrics.jsonl', 'model/model.safetensors', 'model/heads/intent/model.safetensors']),
  );

  const stopped = join(temporaryFolder(), 'run');
  const first = await task4(command(stopped), once(/^epoch 2/m, 'SIGINT'));
  expect(first.status).toBe(130);
  expect(first.stderr).toMatch(/Saved after step \d+\. To go on, the same command with --run .* --resume\n$/);
  expect(filesOf(stopped)).not.toEqual(expected);
  const resumed = await task4([...command(stopped), '--resume']);
  expect(resumed.status).toBe(0);
  expect(resumed.stdout).toMatch(/from step \d+ on/);
  expect(filesOf(stopped)).toEqual(expected);
  // Also of the epoch in which it was stopped: its line has the mean of all its steps.
  const epochsOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.startsWith('epoch '));
  expect(epochsOf(first.stdout + resumed.stdout)).toEqual(epochsOf(uninterrupted.stdout));

  const killed = join(temporaryFolder(), 'run');
  const cut = await task4(command(killed), once(/^epoch 3/m, 'SIGKILL'));
  expect(cut.status).toBe(null);
  expect((await task4([...command(killed), '--resume'])).status).toBe(0);
  expect(filesOf(killed)).toEqual(expected);
});

test('a second Ctrl-C leaves without saving, and does not abort the process', async () => {
  const run = join(temporaryFolder(), 'run');
  const [first, second] = [once(/^epoch 1/m, 'SIGINT'), once(/Finishing the step in hand/, 'SIGINT')];
  // The checkpoint of the model that is built in takes its time to be written.
  const { status, stderr } = await task4(['--epochs', '20', '--run', run], (running) => {
    first(running);
    second(running);
  });
  expect(status).toBe(130);
  expect(stderr).toMatch(/Finishing the step in hand and saving; Ctrl-C again leaves without\.\n$/);
});
