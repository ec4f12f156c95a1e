import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Evaluation } from '../evaluating/evaluation-text.ts';
import { TINY_MODEL } from '../run-built-program.test.support.ts';
import { QUICK, run, tickets, ticketsCsv, type CommandRun } from './train.test.support.ts';

const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);
const evaluated = async (...words: string[]): Promise<CommandRun> =>
  run(['evaluate', ...words, '--threads', '1'], folder);
const json = async (...words: string[]): Promise<Evaluation> => {
  const { exitCode, stdout, stderr } = await evaluated(...words, '--json');
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout) as Evaluation;
};

beforeAll(async () => {
  write('train.csv', ticketsCsv(tickets(60)));
  write('dev.csv', ticketsCsv(tickets(30, 100)));
  const files = ['train.csv', '--validation', 'dev.csv', '--test-share', '0'];
  for (const [out, ...words] of [
    ['a', '--epochs', '6'],
    ['b', '--epochs', '1', '--seed', '3'],
  ] as const) {
    const { exitCode, stderr } = await run(['train', ...files, '--out', out, ...words, ...QUICK], folder);
    expect(exitCode, stderr).toBe(0);
  }
});

test('the metrics are those that the training has measured of the same model on the same rows', async () => {
  const lines = readFileSync(join(folder, 'a/metrics.jsonl'), 'utf8').trimEnd().split('\n');
  const records = lines.map((line) => JSON.parse(line) as { kind: string; metrics: Record<string, number> });
  const evaluations = records.filter(({ kind }) => kind === 'evaluation');
  const best = evaluations.reduce((a, b) => ((b.metrics['aggregate'] ?? 0) > (a.metrics['aggregate'] ?? 0) ? b : a));
  const { tasks } = await json('a/model', 'dev.csv');
  for (const [name, { measured }] of Object.entries(tasks)) {
    for (const [metric, value] of Object.entries(measured.metrics)) {
      expect(value, `${name}.${metric}`).toBeCloseTo(best.metrics[`${name}.${metric}`] ?? NaN, 5);
    }
  }
  expect(Object.keys(tasks)).toEqual(['intent', 'urgent', 'minutes']);
});

test('metrics that cannot but be 1 are left out', async () => {
  const { tasks } = await json('a/model', 'dev.csv');
  expect(Object.keys(tasks['intent']?.measured.metrics ?? {})).toContain('logLoss');
  expect(Object.keys(tasks['intent']?.measured.metrics ?? {})).not.toContain('top3Accuracy');
});

describe('beside the metrics', () => {
  test('the matrix, the confusions and the worst rows say the same', async () => {
    const { tasks } = await json('b/model', 'dev.csv', '--errors', '1000');
    const { measured, labels, matrix = [], confusions, worst } = tasks['intent'] ?? {};
    expect(labels).toEqual(['delivery', 'greeting', 'refund']);
    const total = matrix.flat().reduce((sum, count) => sum + count, 0);
    const right = matrix.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
    expect(total).toBe(30);
    expect(right / total).toBeCloseTo(measured?.metrics.accuracy ?? NaN, 12);
    expect(confusions?.reduce((sum, { rows }) => sum + rows, 0)).toBe(total - right);
    expect(worst?.length).toBe(total - right);
    expect(worst?.length).toBeGreaterThan(0);
    const errors = worst?.map(({ error }) => error) ?? [];
    expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    expect(worst?.[0]?.place).toMatch(/dev\.csv:\d+$/);
  });

  test('slices are measured as a file of their rows is', async () => {
    const rows = tickets(30, 100);
    const { slices } = await json('a/model', 'dev.csv', '--slice', 'urgent');
    expect(slices?.of.map(({ value, rows: count }) => [value, count])).toEqual([
      ['no', 14],
      ['yes', 8],
      ['(none)', 8],
    ]);
    write('yes.csv', ticketsCsv(rows.filter(({ urgent }) => urgent === 'yes')));
    const { tasks } = await json('a/model', 'yes.csv');
    expect(slices?.of[1]?.tasks['intent']).toEqual(tasks['intent']?.measured);
  });

  test('a model is as good as itself, and another as much better as the metrics say', async () => {
    const same = await json('a/model', 'dev.csv', '--compare', 'a/model');
    expect(same.comparison?.tasks['intent']?.difference).toEqual({ value: 0, low: 0, high: 0 });
    const { comparison, tasks } = await json('a/model', 'dev.csv', '--compare', 'b/model');
    const other = await json('b/model', 'dev.csv');
    const [mine, theirs] = [tasks, other.tasks].map((each) => each['intent']?.measured.metrics.accuracy ?? NaN);
    const { model, other: named, difference } = comparison?.tasks['intent'] ?? {};
    expect([model, named]).toEqual([mine, theirs]);
    expect(difference?.value).toBeCloseTo((mine ?? NaN) - (theirs ?? NaN), 12);
  });
});

test('for people it is text', async () => {
  const { exitCode, stdout, stderr } = await evaluated(
    'b/model',
    'dev.csv',
    '--slice',
    'urgent',
    '--compare',
    'a/model',
  );
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^intent: classification, 30 rows\n {2}accuracy +\d\.\d{3} \(\d\.\d{3} to \d\.\d{3}\), 95 % interval\n/,
  );
  expect(stdout).toMatch(/\n +delivery +greeting +refund\n {2}delivery +\d+ +\d+ +\d+\n/);
  expect(stdout).toMatch(/\nmost often confused\n +\d+ {2}\w+ taken for \w+\n/);
  expect(stdout).toMatch(/\nmost wrong\n {2}\/.*dev\.csv:\d+: ".*" is \w+, predicted \w+ \(0\.\d{3}\)\n/);
  expect(stdout).toMatch(/\nurgent +rows +intent +urgent +minutes\n/);
  expect(stdout).toMatch(/\nbeside a\/model\ntask +metric +this model +the other +difference, 95 %\nintent +accuracy /);
});

test('rows that cannot be used are told, or left out', async () => {
  write('odd.csv', 'text,intent,minutes\nmoney back,refund,2\ngood day,greting,3\nhello,greeting,soon\n');
  const stopped = await evaluated('a/model', 'odd.csv');
  expect(stopped.exitCode).toBe(1);
  expect(stopped.stderr).toMatch(
    /odd\.csv:3: label "greting" .* did you mean "greeting"\?\n.*odd\.csv:4: .*"soon"; a number is needed\n/,
  );
  const { rows, rejected } = await json('a/model', 'odd.csv', '--on-bad-row', 'skip');
  expect([rows, rejected]).toEqual([1, 2]);
  const skipped = await evaluated('a/model', 'odd.csv', '--on-bad-row', 'skip');
  expect(skipped.stderr).toMatch(/left out: .*odd\.csv:3: .*\nleft out: .*odd\.csv:4: /);
});

test.each<[words: readonly string[], exitCode: number, message: string | RegExp]>([
  [['a/model'], 2, 'missing required argument'],
  [['a/model', 'gone.csv'], 1, 'it does not exist'],
  [['a/modl', 'dev.csv'], 1, 'a/modl'],
  [['a', 'dev.csv'], 2, 'a is the folder of a run; its model is a/model'],
  [[TINY_MODEL, 'dev.csv'], 1, 'it is a sentence encoder without tasks'],
  [['a/model', 'dev.csv', '--slice', 'urgnt'], 2, '--slice urgnt: there is no such column; is urgent meant?'],
  [['a/model', 'dev.csv', '--comparr', 'b/model'], 2, 'Did you mean --compare?'],
  [
    ['a/model', 'other.csv'],
    2,
    "no row has a label of the model's tasks, intent, urgent, minutes; they have labels of mood",
  ],
])('%j is refused', async (words, exitCode, message) => {
  write('other.csv', 'text,mood\na,b\n');
  const ended = await evaluated(...words);
  expect(ended.stderr).toMatch(message);
  expect(ended.exitCode).toBe(exitCode);
});
