import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRun, type DataFacts, type TestDetails } from '@sentence-mtl/report';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { QUICK, run, tickets, type CommandRun } from './train.test.support.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every fourth ticket has no `mood`, and one has a text that is markup. */
const lines = (count: number, salt: number): string =>
  tickets(count, salt)
    .map(({ text, intent, minutes }, row) => {
      const tags = row % 5 === 0 ? [] : [intent, row % 2 === 0 ? 'even' : 'odd'];
      const labels = {
        intent,
        tags,
        minutes: Number(minutes),
        ...(row % 4 === 0 ? {} : { mood: row % 3 === 0 ? 'bad' : 'good' }),
      };
      return `${JSON.stringify({ text: row === 7 ? `${text} <script>\u202E` : text, labels })}\n`;
    })
    .join('');
writeFileSync(join(folder, 'train.jsonl'), lines(60, 0));
writeFileSync(join(folder, 'test.jsonl'), lines(24, 100));

const command = async (...words: string[]): Promise<CommandRun> => run(words, folder);
const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');
const train = async (out: string, ...words: string[]): Promise<CommandRun> =>
  command('train', 'train.jsonl', '--test', 'test.jsonl', '--out', out, '--epochs', '2', ...words, ...QUICK);

describe('a run', () => {
  let trained: CommandRun;
  beforeAll(async () => {
    trained = await train('run');
  }, 300_000);

  test('says what it has learnt from', () => {
    expect(trained.exitCode, trained.stderr).toBe(0);
    const facts = JSON.parse(read('run/data.json')) as DataFacts;
    expect(facts.rows).toEqual({ train: 54, validation: 6, test: 24 });
    expect(facts.splitOff).toEqual(['validation']);
    expect(facts.files.train).toEqual([
      {
        name: 'train.jsonl',
        bytes: read('train.jsonl').length + 2,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      },
    ]);
    const { intent, mood, tags, minutes } = facts.tasks;
    expect(intent?.sides.test).toEqual({ rows: 24, counts: [8, 8, 8] });
    expect(mood?.sides.test.rows).toBe(18);
    expect(tags?.labels.map((label, i) => [label, tags.sides.test.counts[i]])).toContainEqual(['even', 9]);
    expect(minutes).toMatchObject({ kind: 'regression', labels: [], sides: { train: { rows: 54, counts: [] } } });
    const counted = facts.lengths?.counts.reduce((sum, [, texts]) => sum + texts, 0);
    expect([counted, facts.lengths?.counts.at(-1)?.[0]]).toEqual([54, facts.lengths?.longest]);
  });

  test('says of its test rows what evaluate says of the same model and rows', async () => {
    const { tasks } = JSON.parse(read('run/test.json')) as TestDetails;
    const { stdout } = await command(
      'evaluate',
      'run/model',
      'test.jsonl',
      '--json',
      '--errors',
      '30',
      '--threads',
      '1',
    );
    const evaluated = (
      JSON.parse(stdout) as {
        tasks: Record<string, { matrix?: number[][]; confusions: object[]; worst: { error: number }[] }>;
      }
    ).tasks;
    for (const [name, details] of Object.entries(tasks)) {
      const { matrix, confusions, worst } = evaluated[name] ?? { confusions: [], worst: [] };
      expect(details.confusions.map(({ label, predicted, rows }) => ({ label, predicted, rows }))).toEqual(confusions);
      expect(details.worst.map(({ error }) => error)).toEqual(worst.map(({ error }) => error));
      if (matrix === undefined) continue;
      expect(details.labels.map(({ support }) => support)).toEqual(
        matrix.map((row) => row.reduce((sum, count) => sum + count, 0)),
      );
      const total = details.calibration.reduce((sum, bin) => sum + bin.rows, 0);
      expect(total).toBe(details.labels.reduce((sum, { support }) => sum + support, 0));
    }
    expect(tasks['minutes']?.points).toHaveLength(24);
    const tags = tasks['tags'];
    const [decided] = tags?.thresholds ?? [];
    // The threshold that the model decides by is one of those in the curve, and gives what the labels say.
    expect(decided?.threshold).toBe(0.5);
    const { precision, recall, f1 } = tags?.labels[0] ?? {};
    expect(decided?.points.find(({ threshold }) => threshold === 0.5)).toEqual({
      threshold: 0.5,
      precision,
      recall,
      f1,
    });
  });

  test('leaves a report in which nothing is missing, and no text is markup', async () => {
    const page = read('run/report.html');
    for (const section of [
      'results',
      'curves',
      'confusions',
      'labels',
      'scores',
      'thresholds',
      'errors',
      'calibration',
      'data',
      'lengths',
      'freezing',
      'time',
      'settings',
    ])
      expect(page).toContain(`<section id="${section}"`);
    expect(page).not.toMatch(/<script|\u202E|\b(?:NaN|Infinity|undefined)\b/);
    expect((await readRun(join(folder, 'run'))).timing.at(-1)).toMatchObject({
      kind: 'run',
      fromStep: 0,
      finished: '1970-01-01T00:00:00.000Z',
    });
  });

  test('gets its report again, and its card what a publisher adds, which stays', async () => {
    rmSync(join(folder, 'run/report.html'));
    const given = await command('report', 'run', '--license', 'apache-2.0', '--language', 'en', '--language', 'de');
    expect(given).toEqual({
      exitCode: 0,
      stdout: 'report: run/report.html\nmodel card: run/model/README.md\n',
      stderr: '',
    });
    expect(read('run/report.html')).toContain('<!doctype html>');
    expect(read('run/model/README.md')).toMatch(/^---\nlicense: apache-2.0\nlanguage:\n {2}- en\n {2}- de\n/);
    await command('report', 'run', '--dataset', 'owner/tickets');
    expect(read('run/model/README.md')).toMatch(/\nlicense: apache-2.0\n[^]*\ndatasets:\n {2}- owner\/tickets\n/);
  });

  test('keeps a card that a person has edited, until told otherwise', async () => {
    const path = join(folder, 'run/model/README.md');
    const edited = read('run/model/README.md').replace('## Limits', '## Limits\n\nNot for legal advice.');
    writeFileSync(path, edited);
    const { stdout } = await command('report', 'run');
    expect(stdout).toContain('left as it is, since a person has edited it; --overwrite-card');
    expect(read('run/model/README.md')).toBe(edited);
    expect((await command('report', 'run', '--overwrite-card')).exitCode).toBe(0);
    expect(read('run/model/README.md')).not.toContain('legal advice');
  });

  test('with a damaged file, or no folder of a run, is told so', async () => {
    const results = read('run/results.json');
    writeFileSync(join(folder, 'run/results.json'), results.slice(0, 40));
    const damaged = await command('report', 'run');
    expect([damaged.exitCode, damaged.stderr]).toEqual([
      1,
      expect.stringMatching(/results\.json is no JSON: it is damaged/),
    ]);
    writeFileSync(join(folder, 'run/results.json'), results);
    const none = await command('report', '.');
    expect([none.exitCode, none.stderr]).toEqual([
      1,
      expect.stringMatching(/has no config\.json: it is not the folder of a run/),
    ]);
  });
});

test('a report that cannot be written does not lose the run', async () => {
  mkdirSync(join(folder, 'blocked/report.html'), { recursive: true });
  // The folder is one of a run that has ended before its first checkpoint.
  copyFileSync(join(folder, 'run/train.json'), join(folder, 'blocked/train.json'));
  const { exitCode, stdout, stderr } = await train('blocked', '--no-baselines');
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toMatch(
    /attention: the run is whole, but its report could not be written: [^]*\n {2}sentence-mtl report blocked\n/,
  );
  expect(stdout).toMatch(/\nmodel: blocked\/model\n$/);
});

test('a run without test and validation rows has a report that says so', async () => {
  const words = ['train.jsonl', '--out', 'bare', '--epochs', '1', '--test-share', '0', '--validation-share', '0'];
  expect((await command('train', ...words, ...QUICK)).exitCode).toBe(0);
  const page = read('bare/report.html');
  expect(page.includes('This run has no test rows')).toBe(true);
  expect(page.includes('The run has no validation rows')).toBe(true);
  expect(read('bare/model/README.md')).toContain('It was not measured');
});

const python = process.env['SENTENCE_MTL_PYTHON'] ?? '';
const hasTransformers =
  python !== '' && spawnSync(python, ['-c', 'import sentence_transformers, safetensors']).status === 0;
if (!hasTransformers)
  console.log('SKIPPED the Python of model cards: SENTENCE_MTL_PYTHON has no sentence-transformers');
test.skipIf(!hasTransformers)('the Python of a card predicts what predict predicts', { timeout: 300_000 }, async () => {
  const text = 'money back refund';
  const code = /```python\n([^]*?)```/.exec(read('bare/model/README.md'))?.[1] ?? '';
  const program = code.replace('path/to/this/folder', join(folder, 'bare/model')).replace('a text', text);
  const { stdout, stderr } = spawnSync(python, ['-c', program], { encoding: 'utf8' });
  const { stdout: predicted } = await command('predict', '--model', 'bare/model', text, '--json');
  const { rows: predictions } = JSON.parse(predicted) as { rows: { predictions: { intent: { label: string } } }[] };
  expect(stdout, stderr).toContain(`['${predictions[0]?.predictions.intent.label}']`);
});
