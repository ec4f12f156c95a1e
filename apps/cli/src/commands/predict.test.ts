import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { classification, defineTasks, embedding, multiLabel, pairSimilarity, regression } from '@sentence-mtl/heads';
import { createTaskModel, MultiTaskModel, readSentenceModel, writeTaskModel } from '@sentence-mtl/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Interruption } from '../command-line/interruption.ts';
import { runCommandLine } from '../command-line/run-command-line.ts';
import { memorySurroundings } from '../command-line/surroundings.test.support.ts';
import { sentenceMtlProgram } from '../program.ts';
import { TINY_MODEL, type ProgramRun } from '../run-built-program.test.support.ts';

const TEXTS = ['where is my parcel', '', 'the app crashes', '=1+1', 'where is my parcel', 'a, "quoted" text'];
const tasks = defineTasks({
  intent: classification(['refund', 'cancel']),
  tags: multiLabel(['urgent', 'angry'], { threshold: 0.4 }),
  mood: regression(),
  alike: pairSimilarity({ range: [0, 5] }),
  near: embedding(),
});

let folder = '';
let model: MultiTaskModel<typeof tasks>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'predict-'));
  const data = createTaskModel(await readSentenceModel(TINY_MODEL), tasks, 3);
  await writeTaskModel(join(folder, 'model'), data);
  model = new MultiTaskModel(data, { engine: await onnxruntimeEngine() });
});
afterAll(async () => {
  await model.dispose();
  rmSync(folder, { recursive: true });
});

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const jsonLines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const rowsOf = (text: string): readonly Record<string, unknown>[] =>
  text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]));

interface Running {
  readonly input?: string;
  readonly isTerminal?: boolean;
  readonly interruption?: Interruption;
}

async function predicted(words: readonly string[], { input = '', ...rest }: Running = {}): Promise<ProgramRun> {
  const stdin = Readable.from([Buffer.from(input)]);
  const surroundings = memorySurroundings({ workingDirectory: folder, stdin, ...rest });
  const exitCode = await runCommandLine(['predict', ...words], sentenceMtlProgram(), surroundings);
  return { exitCode, stdout: surroundings.stdout.text, stderr: surroundings.stderr.text };
}

const withModel = async (words: readonly string[], running?: Running): Promise<ProgramRun> =>
  predicted(['--model', 'model', ...words], running);

/** What the library says of the texts, as the command writes it. */
async function expected(texts: readonly string[]): Promise<readonly object[]> {
  const rows = await model.predict(texts);
  return rows.map(({ intent: { label, confidence }, tags, mood }, row) => ({
    text: texts[row],
    predictions: { intent: { label, confidence }, tags, mood },
  }));
}

describe('predictions of a file', () => {
  test('are JSON Lines in its order', async () => {
    const run = await withModel([file('rows.jsonl', jsonLines(TEXTS.map((text) => ({ text }))))]);
    expect(run).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^6 rows of intent, tags, mood in /) });
    const [rows, wanted] = [rowsOf(run.stdout), await expected(TEXTS)];
    expect(rows).toHaveLength(TEXTS.length);
    for (const [row, each] of rows.entries()) {
      expect(each).toEqual(wanted[row]);
    }
  });

  test('come from standard input too, of the tasks that are named, with their best labels and embeddings', async () => {
    const input = jsonLines(TEXTS.map((text) => ({ text })));
    const run = await withModel(['-', '--tasks', 'tags,intent', '--top', '1', '--embeddings'], { input });
    const [first] = rowsOf(run.stdout);
    expect(Object.keys(first ?? {})).toEqual(['text', 'predictions', 'embedding']);
    expect(Object.keys((first?.['predictions'] ?? {}) as object)).toEqual(['intent', 'tags']);
    expect(first?.['predictions']).toMatchObject({ intent: { top: [{ label: expect.any(String) }] } });
    expect(first?.['embedding']).toHaveLength(8);
  });

  test('are CSV for spreadsheets, whose cells are no formulas', async () => {
    const run = await withModel([
      file('rows.csv', 'text\nwhere is my parcel\n=1+1\n'),
      '--out',
      'out.csv',
      '--top',
      '2',
    ]);
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^out.csv: 2 rows of intent, tags, mood/) });
    const [header, first = '', second = ''] = readFileSync(join(folder, 'out.csv'), 'utf8').split('\n');
    expect(header).toBe('text,intent,intent_confidence,intent_top,tags,tags_top,mood');
    expect(first).toMatch(/^where is my parcel,(refund|cancel),0\.\d+,/);
    expect(second).toMatch(/^'=1\+1,/);
  });

  test('compare the texts of pairs', async () => {
    const pairs = file(
      'pairs.jsonl',
      jsonLines([
        { text_a: 'a parcel', text_b: 'a parcel' },
        { text_a: 'a', text_b: 'b' },
      ]),
    );
    const run = await withModel([pairs, '--tasks', 'alike']);
    const [same, other] = rowsOf(run.stdout);
    expect(same).toMatchObject({ text_a: 'a parcel', text_b: 'a parcel' });
    const score = (row: Record<string, unknown> | undefined): number =>
      (row as { readonly predictions: { readonly alike: { readonly score: number } } }).predictions.alike.score;
    expect(score(same)).toBeCloseTo(5, 4);
    expect(score(other)).toBeLessThan(5);
  });

  test('leave out broken rows, and say which; with --strict they end the run', async () => {
    const broken = file(
      'broken.jsonl',
      '{"text":"a"}\n{"text":5}\n{"text_a":"a","text_b":"b"}\n{"text":"b"}\nnot JSON\n',
    );
    const run = await withModel([broken, '--out', 'broken-out.jsonl', '--json']);
    expect(run.exitCode).toBe(0);
    for (const line of [2, 3, 5]) expect(run.stderr).toMatch(new RegExp(`^left out: .*broken.jsonl:${line}: `, 'm'));
    expect(JSON.parse(run.stdout)).toMatchObject({ rows: 2, badRows: 3, tasks: ['intent', 'tags', 'mood'] });
    expect(rowsOf(readFileSync(join(folder, 'broken-out.jsonl'), 'utf8')).map(({ text }) => text)).toEqual(['a', 'b']);
    const strict = await withModel([broken, '--out', 'strict.jsonl', '--strict']);
    expect(strict).toMatchObject({ exitCode: 1, stdout: '' });
    expect(strict.stderr).toMatch(/^error: .*broken.jsonl:2: /);
    expect(existsSync(join(folder, 'strict.jsonl'))).toBe(false);
  });

  test('of which none can be used are an error', async () => {
    const pairs = file('all-pairs.csv', 'text_a,text_b\na,b\nc,d\n');
    const run = await withModel([pairs, '--out', 'none.jsonl']);
    expect(run).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/no row of .* can be used: 2 rows left out/),
    });
    expect(existsSync(join(folder, 'none.jsonl'))).toBe(false);
  });

  test('go on where a run was stopped', async () => {
    const texts = Array.from({ length: 9000 }, (_, row) => `text ${row}`);
    const many = file('many.jsonl', jsonLines(texts.map((text) => ({ text }))));
    const interruption = new Interruption();
    const words = [many, '--out', 'many-out.jsonl', '--tasks', 'mood'];
    const started = withModel(words, { interruption });
    const poll = setInterval(() => {
      if (existsSync(join(folder, 'many-out.jsonl.partial'))) interruption.receive('SIGINT');
    }, 1);
    const stopped = await started;
    clearInterval(poll);
    expect(stopped.exitCode).toBe(130);
    expect(stopped.stderr).toMatch(/stopped after [\d,]+ of 9,000 rows; go on with:\n/);
    expect(await withModel(words)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('add --resume') });
    const run = await withModel([...words, '--resume', '--json']);
    expect(JSON.parse(run.stdout)).toMatchObject({ rows: 9000 });
    expect(rowsOf(readFileSync(join(folder, 'many-out.jsonl'), 'utf8')).map(({ text }) => text)).toEqual(texts);
  });
});

describe('predictions of texts', () => {
  test('are a table', async () => {
    const { stdout } = await withModel(['where is my parcel', 'the app crashes', '--tasks', 'intent,mood']);
    const [header, ...rows] = stdout.trimEnd().split('\n');
    expect(header).toMatch(/^text +intent +intent_confidence +mood$/);
    expect(rows.map((row) => row.slice(0, 18).trim())).toEqual(['where is my parcel', 'the app crashes']);
    const [{ mood } = { mood: { value: NaN } }] = await model.predict(['where is my parcel']);
    expect(rows[0]).toMatch(new RegExp(` ${Number(mood.value.toPrecision(6))}$`));
    expect(String(mood.value).length).toBeGreaterThan(8);
  });

  test('are JSON for programs, and a file where one is named', async () => {
    const { stdout } = await withModel(['the app crashes', '--json', '--embeddings']);
    const [row] = (JSON.parse(stdout) as { readonly rows: readonly { readonly embedding: readonly number[] }[] }).rows;
    expect(row).toMatchObject((await expected(['the app crashes']))[0] ?? {});
    expect(row?.embedding).toHaveLength(8);
    await withModel(['the app crashes', '--out', 'one.jsonl']);
    expect(rowsOf(readFileSync(join(folder, 'one.jsonl'), 'utf8'))).toEqual(await expected(['the app crashes']));
  });

  test('two and two, of tasks that compare them', async () => {
    const { stdout } = await withModel(['a', 'a', '--tasks', 'alike']);
    expect(stdout).toMatch(/^text_a +text_b +alike\na +a +5\n$/);
  });
});

describe('what is wrong is one sentence:', () => {
  test.each<[string, readonly string[], number, RegExp]>([
    ['no model', ['a'], 2, /--model is needed: the folder that train has written/],
    [
      'a model without tasks',
      ['--model', TINY_MODEL, 'a'],
      1,
      /has no sentence_mtl.json: it is a sentence encoder without tasks/,
    ],
    ['an unknown task', ['--model', 'model', 'a', '--tasks', 'intend'], 2, /no task "intend"; did you mean "intent"\?/],
    ['an inherited name', ['--model', 'model', 'a', '--tasks', 'toString'], 2, /no task "toString"/],
    [
      'tasks of other rows',
      ['--model', 'model', 'a', '--tasks', 'intent,alike'],
      2,
      /intent read one text, alike compare two/,
    ],
    ['a task of embeddings', ['--model', 'model', 'a', '--tasks', 'near'], 2, /task "near" has only embeddings/],
    ['half a pair', ['--model', 'model', 'a', '--tasks', 'alike'], 2, /give an even number of them/],
    [
      'embeddings of pairs',
      ['--model', 'model', 'a', 'b', '--tasks', 'alike', '--embeddings'],
      2,
      /is for tasks of one text/,
    ],
    [
      'embeddings in CSV',
      ['--model', 'model', 'a', '--out', 'a.csv', '--embeddings'],
      2,
      /embeddings have no place in CSV/,
    ],
    ['another ending', ['--model', 'model', 'a', '--out', 'a.xlsx'], 2, /must end in .jsonl or .csv/],
    ['several files', ['--model', 'model', 'a.txt', 'b.txt'], 2, /a\.txt is a file: predict takes one file, or texts/],
    ['a file that is not there', ['--model', 'model', 'nothere.csv'], 1, /cannot read .*nothere.csv/],
  ])('%s', async (_, words, exitCode, message) => {
    for (const name of ['a.txt', 'b.txt']) file(name, 'a\n');
    const run = await predicted(words);
    expect(run).toMatchObject({ exitCode, stdout: '', stderr: expect.stringMatching(message) });
    expect(run.stderr).not.toMatch(/\n +at /);
  });
});
