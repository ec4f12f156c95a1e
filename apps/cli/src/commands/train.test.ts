import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { readTaskModelConfig } from '@sentence-mtl/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Interruption } from '../command-line/interruption.ts';
import { MemoryOutput } from '../command-line/surroundings.test.support.ts';
import { filesOf, QUICK, run, tickets, ticketsCsv, type CommandRun } from './train.test.support.ts';

const folder = mkdtempSync(join(tmpdir(), 'train-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'tickets.csv'), ticketsCsv(tickets(90)));

const trainWith = async (...words: string[]): Promise<CommandRun> => run(['train', ...words], folder);
const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');

describe('a table trains in one line', () => {
  let ended: CommandRun;
  beforeAll(async () => {
    ended = await trainWith('tickets.csv', '--out', 'run', ...QUICK);
  });

  test('and says first what it has found in it', () => {
    expect(ended.exitCode, ended.stderr).toBe(0);
    const [found] = ended.stderr.split('training: ');
    expect(found).toMatch(/^task +kind +labels +rows +because\n/);
    expect(found).toMatch(/\nintent +classification +3 +90 +texts, 3 different\n/);
    expect(found).toMatch(/\nurgent +classification +2 +67 +texts, 2 different\n/);
    expect(found).toMatch(/\nminutes +regression +90 +numbers, 7 different\n/);
    expect(found).toMatch(/\nrows: 71 train, 9 validation, 10 test; validation and test split off by seed 42/);
    expect(found).toContain('\nepochs: 20, the most, since one is 9 steps only; --epochs sets them\n');
  });

  test('then what happens, in plain lines where nobody watches', () => {
    expect(ended.stderr).toContain('training: 180 steps, 20 epochs of 71 rows\n');
    expect(ended.stderr).toMatch(/after epoch 20, step 180: validation intent accuracy \d\.\d{3}, urgent accuracy/);
    expect(ended.stderr).not.toContain('\u001b');
  });

  test('and ends with the metrics beside those of simple methods', () => {
    expect(ended.stdout).toMatch(/^trained 180 steps in 0 s; the model is that of step \d+\n/);
    expect(ended.stdout).toMatch(/\ntask +metric +rows +majority +TF-IDF, linear +frozen embeddings +this model\n/);
    const metric = String.raw`-?\d\.\d{3} \(-?\d\.\d{3} to -?\d\.\d{3}\)`;
    expect(ended.stdout).toMatch(new RegExp(`\nintent +accuracy +10( +${metric}){4}\n`));
    expect(ended.stdout).toMatch(/\nmodel: run\/model\nreport: run\/report.html\n$/);
  });

  test('into a folder with the model, the settings and the results', async () => {
    const { tasks, provenance } = await readTaskModelConfig(join(folder, 'run/model'));
    expect(Object.keys(tasks)).toEqual(['intent', 'urgent', 'minutes']);
    expect(tasks['intent']).toMatchObject({ kind: 'classification', labels: ['delivery', 'greeting', 'refund'] });
    expect(provenance).toMatchObject({ seed: 42, trainingRows: 71, freeze: 'none' });
    expect(JSON.parse(read('run/train.json'))).toMatchObject({
      train: [join(folder, 'tickets.csv')],
      epochs: 20,
      seed: 42,
    });
    expect(read('run/report.html')).toContain('<h2 id="results-heading">');
    expect(read('run/model/README.md')).toMatch(/^---\n[^]*\nbase_model: |^---\n/);
    const results = JSON.parse(read('run/results.json')) as { tasks: Record<string, { model: unknown }> };
    expect(results.tasks['intent']?.model).toMatchObject({ primary: 'accuracy', rows: 10 });
  });

  test('whose settings give the same bytes again', async () => {
    const again = await trainWith('--config', 'run/train.json', '--out', 'elsewhere/run');
    expect(again.exitCode, again.stderr).toBe(0);
    expect(filesOf(join(folder, 'elsewhere/run'))).toEqual(filesOf(join(folder, 'run')));
  });

  test('which is not begun again over it', async () => {
    const { exitCode, stderr } = await trainWith('tickets.csv', '--out', 'run', ...QUICK);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'run holds a run of 180 steps; go on with it, or name another folder:\n  sentence-mtl train --resume run\n',
    );
  });

  test.each([
    ['data.json', '{"text":"mine"}\n'],
    ['test.json', '{"text":"mine"}\n'],
    ['train.json', '{ "epochs": 3 }\n'],
    ['model/mine', 'mine'],
  ])('nor over a %s of something else, which stays as it is', async (name, content) => {
    const path = join(folder, 'mine', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    const { exitCode, stderr } = await trainWith('tickets.csv', '--out', 'mine', ...QUICK);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      `mine has other files in it, such as ${name.split('/')[0]}, and a run could write over them: name a new`,
    );
    expect([...filesOf(join(folder, 'mine')).keys()]).toEqual([name]);
    expect(readFileSync(path, 'utf8')).toBe(content);
    rmSync(join(folder, 'mine'), { recursive: true });
  });

  test('a run that Ctrl-C has stopped goes on to the same bytes', async () => {
    const interruption = new Interruption();
    const stdout = new (class extends MemoryOutput {
      override async write(text: string): Promise<void> {
        if (text.includes('"event":"step","step":11,')) interruption.receive('SIGINT');
        return super.write(text);
      }
    })();
    const words = ['train', 'tickets.csv', '--out', 'stopped', '--json', ...QUICK];
    const stopped = await run(words, folder, { interruption, stdout });
    expect(stopped.exitCode).toBe(130);
    expect(stopped.stdout.trimEnd().split('\n').at(-1)).toBe(
      JSON.stringify({
        error: {
          code: 'INTERRUPTED',
          message: 'stopped after step 11; go on with:\n  sentence-mtl train --resume stopped',
        },
      }),
    );
    const resumed = await trainWith('--resume', 'stopped');
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    expect(resumed.stderr).toContain('on from step 11\n');
    // Between two checkpoints in a row, which stay, lies the one at which it was stopped.
    const withoutOld = (files: ReadonlyMap<string, string>): unknown =>
      [...files].filter(([path]) => !/checkpoints\/step-0*(18|11)\//.test(path));
    expect(withoutOld(filesOf(join(folder, 'stopped')))).toEqual(withoutOld(filesOf(join(folder, 'run'))));
  });

  test.each(['as it starts', 'while frozen outputs are computed'])(
    'one that is stopped before its first step, %s, begins again',
    async (when) => {
      const interruption = new Interruption();
      let isStarted = false;
      const stdout = new (class extends MemoryOutput {
        override async write(text: string): Promise<void> {
          isStarted ||= text.includes('"event":"started"');
          if (isStarted && when === 'as it starts') interruption.receive('SIGINT');
          return super.write(text);
        }
      })();
      // The trainer looks at the clock before it computes what is frozen.
      const now = (): number => {
        if (isStarted) interruption.receive('SIGINT');
        return 0;
      };
      const out = `early ${when}`;
      const words = ['train', 'tickets.csv', '--out', out, '--json', '--freeze', 'encoder', '--epochs', '1', ...QUICK];
      const stopped = await run(words, folder, { interruption, stdout, now });
      expect([stopped.exitCode, stopped.stdout]).toEqual([
        130,
        expect.stringContaining('stopped before the first step'),
      ]);
      expect((await run(words, folder)).exitCode).toBe(0);
    },
  );

  test('a finished run that is gone on with is measured again', async () => {
    rmSync(join(folder, 'elsewhere/run/results.json'));
    const { exitCode, stdout } = await trainWith('--resume', 'elsewhere/run');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('this model');
    expect(read('elsewhere/run/results.json')).toBe(read('run/results.json'));
  });
});

test('for programs every line is a value, and the last is the result', async () => {
  const words = ['--out', 'json', '--json', '--quiet', '--epochs', '1', '--no-baselines', ...QUICK];
  const { stdout, stderr } = await trainWith('tickets.csv', ...words);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string });
  expect(new Set(events.map(({ event }) => event))).toEqual(
    new Set(['started', 'stage', 'step', 'evaluated', 'checkpoint', 'finished', 'result']),
  );
  expect(events.at(-1)).toMatchObject({ event: 'result', reason: 'completed', step: 9, results: { testRows: 10 } });
  expect(stderr).toBe('');
});

test('pairs with a score and with labels are learnt as such', async () => {
  const rows = tickets(40).map(({ text, intent }, row) => {
    const other = tickets(40, row % 3)[row]?.text ?? '';
    return {
      text_a: text,
      text_b: other,
      score: row % 6,
      labels: { same: row % 3 === 0 ? 'yes' : 'no', intent: null, of: intent },
    };
  });
  writeFileSync(join(folder, 'pairs.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const { exitCode, stdout, stderr } = await trainWith('pairs.jsonl', '--out', 'pairs', '--epochs', '1', ...QUICK);
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toMatch(/\nsame +pair-classification +2 +40 /);
  expect(stderr).toMatch(/\nscore +pair-similarity +40 +scores of pairs from 0 to 5, on a scale from 0 to 5\n/);
  expect(stderr).toContain('\nnot learnt: intent: it has no labels\n');
  expect(stdout).toMatch(/\nscore +spearman +5 /);
});

test('tags, and a file for each side', async () => {
  const line = ({ text, intent }: { text: string; intent: string }, row: number): string =>
    `${JSON.stringify({ text, labels: { tags: row % 5 === 0 ? [] : [intent, row % 2 === 0 ? 'even' : 'odd'] } })}\n`;
  for (const [name, salt] of Object.entries({ train: 0, dev: 100, test: 200 })) {
    writeFileSync(
      join(folder, `${name}.jsonl`),
      tickets(name === 'train' ? 40 : 12, salt)
        .map(line)
        .join(''),
    );
  }
  const files = ['train.jsonl', '--validation', 'dev.jsonl', '--test', 'test.jsonl'];
  const { exitCode, stdout, stderr } = await trainWith(...files, '--out', 'tags', '--epochs', '1', ...QUICK);
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toMatch(/\ntags +multi-label +5 +40 +lists of labels, 5 different\n/);
  expect(stderr).toContain('\nrows: 40 train, 12 validation, 12 test\n');
  expect(stdout).toMatch(/\ntags +f1Micro +12 /);
});

describe('a mistake is said before anything is trained', () => {
  mkdirSync(join(folder, 'wrong'));
  const write = (name: string, text: string): void => writeFileSync(join(folder, 'wrong', name), text);
  write('none.csv', 'text,notes\na,b\nc,d\n');
  write('same.csv', 'text,intent\na,x\nb,x\n');
  write('valid.csv', 'text,intent\nhello,refnd\n');
  write('broken.jsonl', '{"text":"a","labels":{"intent":"x"}}\n{"text":\n{"text":7}\n');
  write('other.yaml', 'epochs: 5\nbatchsize: 8\nfreeze: encodr\nbalancing: []\n');
  write('twice.yaml', 'epochs: 5\nepochs: 6\n');
  write('short.json', '{"epochs": 2.5,\n "tasks": {"intent": "klassification"}}');

  test.each<[words: readonly string[], exitCode: number, message: string | RegExp]>([
    [['tickets.csv'], 2, '--out RUN is missing'],
    [['--out', 'x'], 2, 'no file of training rows is given'],
    [['tickets.csv', '--out', 'x', '--epoch', '1'], 2, 'Did you mean --epochs?'],
    [
      ['tickets.csv', '--out', 'x', '--freeze', 'encodr'],
      2,
      '--freeze: it must be none, embeddings, encoder, bias-only, layer-norm-only, gradual, or layers:K for the embeddings and the lowest K layers; did you mean encoder?',
    ],
    [
      ['tickets.csv', '--out', 'x', '--balancing', 'pcgrad'],
      2,
      '--balancing: it must be equal, uncertainty, or a weight of at least 0 for each task',
    ],
    [
      ['tickets.csv', '--out', 'x', '--balancing', 'intnt=2', '--encoder', QUICK[1] ?? ''],
      2,
      'balancing has a weight for intnt, which is not a task of this run; is intent meant?',
    ],
    [['tickets.csv', '--out', 'x', '--test-share', '1.5'], 2, '--test-share: it is 1.5; less than 1 is needed'],
    [['tickets.csv', '--out', 'x', '--test-share', '0.6', '--validation-share', '0.5'], 2, 'leaves no row to train on'],
    [['tickets.csv', '--out', 'x', '--tasks', 'intnt'], 2, 'there are no labels for task intnt; is intent meant?'],
    [['tickets.csv', '--out', 'x', '--tasks', 'intent:clasification'], 2, '--tasks intent: '],
    [['tickets.csv', '--out', ''], 2, "option '--out <RUN>' argument '' is invalid. It must not be empty."],
    [
      ['tickets.csv', '--out', 'x', '--best-metric', 'minutes.accuracy', ...QUICK],
      2,
      /must be mean or TASK\.METRIC; the metrics of minutes are spearman, pearson, /,
    ],
    [
      ['tickets.csv', '--out', 'x', '--best-metric', 'intent.acuracy', ...QUICK],
      2,
      'must be mean or TASK.METRIC; is accuracy meant?',
    ],
    [
      ['tickets.csv', '--out', 'x', '--freeze', 'layers:9', ...QUICK],
      2,
      /freeze is layers:9, and the encoder has (\d) layers; layers:\1 freezes all/,
    ],
    [['missing.csv', '--out', 'x'], 1, /cannot read .*missing\.csv: it does not exist/],
    [['tickets.csv', '--out', 'x', '--text-column', 'txt'], 1, 'there is no column "txt"'],
    [['tickets.csv', '--out', 'x', '--encoder', 'nowhere'], 1, 'nowhere'],
    [['wrong/none.csv', '--out', 'x', '--tasks', 'intent'], 2, 'there are no labels for task intent'],
    [
      ['wrong/same.csv', '--out', 'x'],
      2,
      'there is nothing to learn: no column looks like labels\n  intent: all its labels are the same',
    ],
    [
      ['tickets.csv', '--validation', 'wrong/valid.csv', '--out', 'x'],
      1,
      /valid\.csv:2: label "refnd" of task "intent" is not one of its 3 labels; did you mean "refund"\?/,
    ],
    [['wrong/broken.jsonl', '--out', 'x'], 1, /broken\.jsonl:2: .*\n.*broken\.jsonl:3: "text" is 7/],
    [
      ['tickets.csv', '--out', 'x', '--config', 'wrong/other.yaml'],
      1,
      /other\.yaml:2:1: "batchsize" is no setting; did you mean "batchSize"\?/,
    ],
    [
      ['tickets.csv', '--out', 'x', '--config', 'wrong/other.yaml'],
      1,
      /other\.yaml:3:9: freeze: it must be none.*did you mean encoder\?/,
    ],
    [['tickets.csv', '--out', 'x', '--config', 'wrong/other.yaml'], 1, /other\.yaml:4:12: balancing: it must be equal/],
    [['tickets.csv', '--out', 'x', '--config', 'wrong/twice.yaml'], 1, /twice\.yaml:2:1: Map keys must be unique/],
    [
      ['tickets.csv', '--out', 'x', '--config', 'wrong/short.json'],
      1,
      /short\.json:1:12: epochs: .*\n.*short\.json:2:22: tasks\.intent: /,
    ],
    [['tickets.csv', '--out', 'x', '--config', 'none.yaml'], 1, /cannot read .*none\.yaml: it does not exist/],
    [['--resume', 'wrong'], 2, 'there is no run in wrong: --resume takes the folder that train --out has made'],
    [['--resume', 'wrong', '--epochs', '7'], 2, '--resume RUN takes no files and no other settings'],
  ])('%j', async (words, exitCode, message) => {
    const ended = await trainWith(...words);
    expect(ended.stderr).toMatch(message);
    expect(ended.exitCode).toBe(exitCode);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});

test('rows that cannot be used are left out where that is asked for, and none is lost', async () => {
  const csv = `${ticketsCsv(tickets(60))}one cell\nhello there 99,greeting,no,soon\n`;
  writeFileSync(join(folder, 'some-bad.csv'), csv);
  const words = ['--out', 'skipped', '--epochs', '1', '--tasks', 'intent,minutes:regression', ...QUICK];
  const stopped = await trainWith('some-bad.csv', ...words);
  expect(stopped.exitCode).toBe(1);
  expect(stopped.stderr).toMatch(/some-bad\.csv:62: /);
  const skipped = await trainWith('some-bad.csv', ...words, '--on-bad-row', 'skip');
  expect(skipped.exitCode, skipped.stderr).toBe(0);
  expect(skipped.stderr).toContain('left out: 2 rows, listed in rejected.jsonl\n');
  const rejected = read('skipped/rejected.jsonl')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(rejected).toEqual([
    expect.objectContaining({ file: join(folder, 'some-bad.csv'), line: 62 }),
    {
      file: join(folder, 'some-bad.csv'),
      line: 63,
      reason: 'the label of task "minutes" is "soon"; a number is needed',
      row: '{"text":"hello there 99","labels":{"intent":"greeting","urgent":"no","minutes":"soon"}}',
    },
  ]);
});

test('where no row can be split off, that is said', async () => {
  writeFileSync(join(folder, 'few.csv'), 'text,intent\nmoney back,refund\ngood day,greeting\n');
  const { exitCode, stdout, stderr } = await trainWith('few.csv', '--out', 'few', '--epochs', '1', ...QUICK);
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toContain(
    '\nrows: 2 train; none for validation and test: there are too few different texts to split any off\n',
  );
  expect(stdout).toContain('\nno test rows: nothing is measured\n');
});

test('a text on two sides and labels that look alike are told before training', async () => {
  const rows = Array.from(
    { length: 12 },
    (_, row) => `hello there ${row},${['Refund', 'refund ', 'other'][row % 3]}\n`,
  );
  writeFileSync(join(folder, 'alike.csv'), `text,intent\n${rows.join('')}`);
  writeFileSync(join(folder, 'leaked.csv'), `text,intent\n${rows.slice(0, 1).join('')}`);
  const words = ['alike.csv', '--test', 'leaked.csv', '--out', 'alike', '--epochs', '1', '--no-baselines', ...QUICK];
  const { stderr } = await trainWith(...words);
  expect(stderr).toMatch(
    /\nattention: 1 test row with a text of the training rows, at .*leaked\.csv:2, which makes the metrics too good\n/,
  );
  expect(stderr).toContain(
    '\nattention: labels of intent look alike and are learnt as 2: "Refund", "refund "; check-data says where\n',
  );
});

test('a run of rows that came by standard input says that they must come again', async () => {
  const rows = tickets(40).map(({ text, intent }) => `${JSON.stringify({ text, labels: { intent } })}\n`);
  const stdin = Readable.from([Buffer.from(rows.join(''))]);
  const words = ['train', '-', '--out', 'piped', '--epochs', '1', ...QUICK];
  expect((await run(words, folder, { stdin })).exitCode).toBe(0);
  expect((await run(words, folder)).stderr).toContain(
    '\n  sentence-mtl train --resume piped\nwith the same rows on standard input\n',
  );
});

test('one text of pairs can be learnt from, where it is named', async () => {
  const rows = tickets(40).map(({ text, intent }, row) => `${text},other ${row},${intent},${row % 5}.5\n`);
  writeFileSync(join(folder, 'pairs.csv'), `text_a,text_b,intent,score\n${rows.join('')}`);
  const words = ['pairs.csv', '--text-column', 'text_a', '--out', 'half', '--epochs', '1', '--no-baselines', ...QUICK];
  const { exitCode, stderr } = await trainWith(...words);
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toMatch(/\nintent +classification +3 +40 .*\nscore +regression +40 .*\nnot learnt: text_b: /);
});
