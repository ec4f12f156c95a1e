import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DataFileError } from '../errors.ts';
import { collect, pieces } from '../read-rows.test.support.ts';
import { readRows } from '../read-rows.ts';
import { describeProblem } from '../row-problem.ts';
import type { Row } from '../row.ts';
import { LabelCounter } from './label-counts.ts';
import { labelLookAlikes } from './label-look-alikes.ts';
import { labelChecker } from './label-checker.ts';
import { collectedLabels, parseLabelSets, readLabelSets } from './label-sets.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'labels-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function jsonRows(...labels: readonly unknown[]): Promise<readonly Row[]> {
  const lines = labels.map((each) => `${JSON.stringify({ text: 'a', labels: each })}\n`).join('');
  return collect(readRows({ name: 'f.jsonl', bytes: pieces(lines, 1000) }, { format: 'jsonl' }));
}

function counted(rows: readonly Row[]): LabelCounter {
  const counter = new LabelCounter();
  for (const row of rows) counter.add(row);
  return counter;
}

describe('the labels of rows', () => {
  test('are counted by task, with the place of each and what they are', async () => {
    const rows = await jsonRows(
      { intent: 'b', tags: ['x', 'y', 'x'], spam: true, stars: 4.5 },
      { intent: 'a', tags: [], spam: null },
      { intent: 'b', tags: null, stars: '3' },
    );
    const { counts } = counted(rows);
    expect([...counts.keys()]).toEqual(['intent', 'tags', 'spam', 'stars']);
    const intent = counts.get('intent');
    expect([intent?.rows, [...(intent?.labels ?? [])]]).toEqual([
      3,
      [
        ['b', { count: 2, isNumber: false, file: 'f.jsonl', line: 1 }],
        ['a', { count: 1, isNumber: false, file: 'f.jsonl', line: 2 }],
      ],
    ]);
    expect(counts.get('tags')?.forms).toEqual({ text: 0, number: 0, boolean: 0, list: 2 });
    expect(counts.get('tags')?.labels.get('x')?.count).toBe(1);
    expect(counts.get('spam')?.forms.boolean).toBe(1);
    expect(counts.get('stars')?.forms).toEqual({ text: 0, number: 2, boolean: 0, list: 0 });
  });

  test('may have any names', async () => {
    const rows = await jsonRows(JSON.parse('{"__proto__":"constructor","toString":"x"}'));
    const { counts } = counted(rows);
    expect([...counts.keys()]).toEqual(['__proto__', 'toString']);
    expect([...(counts.get('__proto__')?.labels.keys() ?? [])]).toEqual(['constructor']);
  });

  test('are collected in an order that is not that of the rows', async () => {
    const texts = counted(await jsonRows({ t: 'é' }, { t: 'b' }, { t: '10' }, { t: 'B' })).counts.get('t');
    const numbers = counted(await jsonRows({ t: 10 }, { t: '9' }, { t: 0 })).counts.get('t');
    expect(texts && collectedLabels('t', texts)).toEqual(['10', 'B', 'b', 'é']);
    expect(numbers && collectedLabels('t', numbers)).toEqual(['0', '9', '10']);
  });

  test('are of texts, of pairs, or of both', async () => {
    const [text] = await jsonRows({ a: 1, b: null });
    if (text === undefined) throw new Error('the row is missing');
    const pair: Row = { ...text, kind: 'pair', textA: '', textB: '', score: null, line: 2, labels: { a: 1, b: 1 } };
    const { counts } = counted([text, pair]);
    expect(['a', 'b'].map((task) => [counts.get(task)?.kind, counts.get(task)?.otherKind])).toEqual([
      ['text', { file: 'f.jsonl', line: 2 }],
      ['pair', undefined],
    ]);
  });

  test('that are long texts are none', () => {
    const counter = new LabelCounter();
    for (let line = 1; line <= 50; line++) {
      const labels = { essay: `${line} ${'a'.repeat(100_000)}` };
      counter.add({ kind: 'text', file: 'f', line, text: '', labels, columns: {} });
    }
    const counts = counter.counts.get('essay');
    expect([counts?.isOpen, counts?.labels.size, counts?.rows]).toEqual([true, 41, 50]);
  });

  test('that are too many are none', () => {
    const counter = new LabelCounter();
    for (let line = 1; line <= 100_002; line++) {
      counter.add({ kind: 'text', file: 'f', line, text: '', labels: { id: `id ${line}` }, columns: {} });
    }
    const counts = counter.counts.get('id');
    expect([counts?.isOpen, counts?.labels.size, counts?.rows]).toEqual([true, 100_000, 100_002]);
    expect(() => counts && collectedLabels('id', counts)).toThrow(
      'task "id" has more than 100000 labels; are they texts or numbers?',
    );
  });
});

test.each<[readonly string[], readonly (readonly string[])[]]>([
  [
    ['Refund', 'refund ', 'cancel', 're-fund', 'Cancel'],
    [
      ['Refund', 'refund ', 're-fund'],
      ['cancel', 'Cancel'],
    ],
  ],
  [['book_flight', 'book flight'], [['book_flight', 'book flight']]],
  [['ﬁne', 'fine'], [['ﬁne', 'fine']]],
  [['1.1', '11', '1', '-1'], []],
  [['a', 'b'], []],
])('of the labels %j these look alike: %j', (labels, groups) => {
  expect(labelLookAlikes(labels)).toEqual(groups);
});

describe('labels.json', () => {
  const read = async (content: string): Promise<unknown> => {
    const path = join(folder, 'labels.json');
    writeFileSync(path, content);
    return readLabelSets(path);
  };

  test('has the labels of tasks and the range of scores', async () => {
    expect(await read('\ufeff{"tasks":{"t":["a","b"],"__proto__":["c"]},"score":{"min":0,"max":5}}')).toEqual({
      tasks: new Map([
        ['t', ['a', 'b']],
        ['__proto__', ['c']],
      ]),
      score: { min: 0, max: 5 },
    });
  });

  test.each([
    ['[]', 'labels.json holds a list of 0; it must be {"tasks": {"<task>"'],
    ['{', 'labels.json is no JSON: '],
    ['{}', 'labels.json has no task; it must be'],
    ['{"intent":["a"]}', 'labels.json has a key "intent"; it must be'],
    ['{"tasks":["a"]}', 'labels.json: "tasks" is a list of 1; it must be'],
    ['{"tasks":{"t":"a"}}', 'labels.json: the labels of task "t" are "a"; a list of texts is needed'],
    ['{"tasks":{"t":[]}}', 'the labels of task "t" are a list of 0; a list of texts is needed'],
    ['{"tasks":{"t":["a",1]}}', 'the labels of task "t" have 1 among them; each must be a text'],
    ['{"tasks":{"t":["a","b","a"]}}', 'the labels of task "t" have "a" twice; keep one'],
    ['{"tasks":{"t":["a"],"t":["b"]}}', 'labels.json: the key "t" stands twice; keep one of them'],
    ['{"score":{"min":5,"max":0}}', 'labels.json: "score" is {"min":5,"max":0}; {"min": …, "max": …} is needed'],
  ])('%s is refused', async (content, message) => {
    await expect(read(content)).rejects.toBeInstanceOf(DataFileError);
    await expect(read(content)).rejects.toThrow(message);
  });

  test('that is missing is said to be', async () => {
    await expect(readLabelSets(join(folder, 'none.json'))).rejects.toThrow(
      /^cannot read .*none\.json: it does not exist/,
    );
  });
});

describe('a row whose labels are in no set', () => {
  const sets = parseLabelSets(
    { tasks: { intent: ['refund', 'cancel'], n: ['1', '2'] }, score: { min: 0, max: 5 } },
    'l',
  );
  const problemOf = labelChecker(sets);

  test.each<[unknown, string | undefined]>([
    [{ intent: 'refund', n: 1, other: 'x' }, undefined],
    [{ intent: null }, undefined],
    [{ intent: ['refund', 'cancel'] }, undefined],
    [
      { intent: 'refnd' },
      'f.jsonl:1: label "refnd" of task "intent" is not one of its 2 labels; did you mean "refund"?',
    ],
    [
      { intent: ['cancel', 'Cancel'] },
      'f.jsonl:1: label "Cancel" of task "intent" is not one of its 2 labels; did you mean "cancel"?',
    ],
    [{ n: 7 }, 'f.jsonl:1: label "7" of task "n" is not one of its 2 labels; correct it, or add it to the labels'],
    [
      { intent: 'something else' },
      'f.jsonl:1: label "something else" of task "intent" is not one of its 2 labels; correct it, or add it to the labels',
    ],
  ])('%j', async (labels, message) => {
    const [row] = await jsonRows(labels);
    const problem = row && problemOf(row);
    expect(problem && describeProblem(problem)).toBe(message);
  });

  test('or whose score is out of range', async () => {
    const bytes = pieces('{"text_a":"a","text_b":"b","score":7}\n{"text_a":"a","text_b":"b","score":5}', 100);
    const rows = await collect(readRows({ name: 'f.jsonl', bytes }, { format: 'jsonl' }));
    expect(rows.map((row) => problemOf(row)?.message)).toEqual(['the score is 7; it must be from 0 to 5', undefined]);
  });
});
