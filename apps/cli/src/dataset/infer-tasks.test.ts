import type { LabelValue, Row } from '@sentence-mtl/data';
import { describe, expect, test } from 'vitest';
import { inferTasks as inferred } from './infer-tasks.ts';
import { LabelEvidence } from './label-evidence.ts';

const inferTasks = (rows: readonly Row[], options: Parameters<typeof inferred>[1]): ReturnType<typeof inferred> =>
  inferred(LabelEvidence.of(rows), options);

const ANY = { asked: null, sets: undefined, tagSeparator: null };

/** Rows with one task, `it`. */
function rowsOf(labels: readonly LabelValue[], kind: 'text' | 'pair' = 'text'): readonly Row[] {
  return labels.map((it, index) => {
    const placed = { file: 'f', line: index + 1, labels: { it, other: ['a', 'b'][index % 2] ?? '' }, columns: {} };
    if (kind === 'pair') return { ...placed, kind, textA: `a ${index}`, textB: `b ${index}`, score: null };
    return { ...placed, kind, text: `text ${index}` };
  });
}

const repeat = (values: readonly LabelValue[], times: number): readonly LabelValue[] =>
  Array.from({ length: times }, () => values).flat();
const count = <T>(length: number, of: (index: number) => T): readonly T[] => Array.from({ length }, (_, i) => of(i));

describe('labels say which kind of task they are of', () => {
  test.each<[what: string, labels: readonly LabelValue[], kind: string]>([
    ['texts', repeat(['yes', 'no'], 3), 'classification'],
    ['true and false', repeat([true, false], 3), 'classification'],
    ['few whole numbers', repeat(['1', '2', '3'], 3), 'classification'],
    ['many whole numbers', count(60, (i) => i % 30), 'regression'],
    ['broken numbers', ['1.5', '2', '3'], 'regression'],
    ['lists', repeat([['a'], [], ['b', 'c']], 2), 'multi-label'],
    ['a text for each of few rows', ['a', 'b', 'c'], 'classification'],
    ['numbers and a word', ['1', '2', 'many', 'many'], 'classification'],
  ])('%s', (_, labels, kind) => {
    const found = inferTasks(rowsOf(labels), ANY).tasks.find(({ name }) => name === 'it');
    expect(found?.task.kind).toBe(kind);
  });
});

describe('a column that is no label is left out with the reason', () => {
  test.each<[labels: readonly LabelValue[], reason: string]>([
    [[null, null], 'it has no labels'],
    [['1.5', '1.5'], 'all its labels are the same'],
    [['a', 'a', null], 'all its labels are the same'],
    [count(50, (i) => `user ${i}`), '50 different values in 50 rows are no labels'],
    [count(50, (i) => i), 'each row has another whole number, as ids do'],
    [['2026-01-31', '2026-02-01', '2026-02-01'], 'dates, 2 different; --tasks learns them where it names the kind'],
    [['31.1.2026 10:00', '1.2.2026 11:30'], 'dates, 2 different; --tasks learns them where it names the kind'],
    [[' ', ...count(49, (i) => `${i}.5`)], '49 of its 50 labels are numbers, and " " at f:1 is none'],
    [['3,5', '4', '3,5'], 'numbers with commas, as 3,5: write a point in them, or, of lists, --tag-separator ,'],
    [['a', ['a']], '1 of its 2 labels are lists, the others are not'],
  ])('%j', (labels, reason) => {
    expect(inferTasks(rowsOf(labels), ANY).leftOut).toEqual([{ name: 'it', reason }]);
  });

  test('also where its name cannot be that of a task', () => {
    const rows = rowsOf(['x', 'y']).map((row) => ({
      ...row,
      labels: { ...row.labels, 'Ticket type': row.labels['it'] ?? null },
    }));
    const { leftOut } = inferTasks(rows, ANY);
    expect(leftOut).toEqual([
      { name: 'Ticket type', reason: expect.stringMatching(/cannot be the name of a task.*rename the column/) },
    ]);
  });
});

test('a label that programs write for none is a label, and is told', () => {
  const { tasks } = inferTasks(rowsOf(['good', 'N/A', 'bad']), ANY);
  expect(tasks[0]).toMatchObject({
    name: 'it',
    reason: 'texts, 3 different, N/A among them: empty the cell where it means none',
  });
});

describe('what is asked for', () => {
  test('wins over what is seen, and the others are not learnt', () => {
    const { tasks, leftOut } = inferTasks(rowsOf(['1', '2', '3']), {
      asked: { it: 'regression' },
      sets: undefined,
      tagSeparator: null,
    });
    expect(tasks).toEqual([expect.objectContaining({ name: 'it', reason: 'as asked for' })]);
    expect(tasks[0]?.task.kind).toBe('regression');
    expect(leftOut).toEqual([{ name: 'other', reason: 'not among the tasks asked for' }]);
  });

  test('is refused where it does not fit', () => {
    const asked = { it: 'multi-label' } as const;
    expect(() => inferTasks(rowsOf(['1', '2'], 'pair'), { asked, sets: undefined, tagSeparator: null })).toThrow(
      'task it is multi-label, which reads one text, but its rows are pairs',
    );
  });
});

test('a file of labels fixes them and their order', () => {
  const sets = { tasks: new Map([['it', ['c', 'b', 'a']]]) };
  const { tasks } = inferTasks(rowsOf(['a', 'b']), { asked: { it: 'inferred' }, sets, tagSeparator: null });
  expect(tasks[0]?.task).toMatchObject({ kind: 'classification', labels: ['c', 'b', 'a'] });
});

test('a task of the file of labels that no row has is told, with the one that may be meant', () => {
  const sets = { tasks: new Map([['othr', ['a', 'b']]]) };
  const { tasks, leftOut } = inferTasks(rowsOf(['a', 'b']), { asked: null, sets, tagSeparator: null });
  expect(tasks.map(({ name }) => name)).toEqual(['it', 'other']);
  expect(leftOut).toEqual([
    { name: 'othr', reason: 'the file of labels has it, and no row a label of it; is other meant?' },
  ]);
});

test('labels of pairs make tasks of pairs; one task cannot have both', () => {
  const pairs = rowsOf(['a', 'b'], 'pair');
  expect(inferTasks(pairs, ANY).tasks.map(({ task }) => task.kind)).toEqual([
    'pair-classification',
    'pair-classification',
  ]);
  expect(() => inferTasks([...rowsOf(['a']), ...pairs], ANY)).toThrow(
    'f:1: task it has labels of single texts and of pairs',
  );
});

describe('cells with several labels', () => {
  const tagged = ['billing|urgent', 'billing', 'urgent', 'shipping|urgent', 'billing | shipping'];
  const first = (labels: readonly LabelValue[], options: Partial<Parameters<typeof inferTasks>[1]> = {}) =>
    inferTasks(rowsOf(labels), { ...ANY, ...options }).tasks[0];

  test('are lists of labels where their parts come back in other cells', () => {
    expect(first(tagged)).toMatchObject({
      task: { kind: 'multi-label', labels: ['billing', 'shipping', 'urgent'] },
      rows: 5,
      separator: '|',
      reason: 'lists of labels, 3 different, in cells separated by "|"',
    });
    const inOther = (separator: string): readonly string[] => tagged.map((cell) => cell.replace('|', separator));
    expect(first(inOther(';'))?.separator).toBe(';');
    expect(first(['["a", "b"]', '["b"]', '[]'])).toMatchObject({
      task: { kind: 'multi-label', labels: ['a', 'b'] },
      separator: 'json',
      reason: 'lists of labels, 2 different, in cells separated by JSON',
    });
  });

  test('are one label where a separator is part of names', () => {
    for (const labels of [
      ['yes|no', 'maybe', 'yes|no'],
      ['food|pizza', 'food|pasta', 'food|soup', 'drink|tea', 'drink|beer'],
      ['a, b', 'b, a', 'a', 'b'],
    ]) {
      expect(first(labels)).toMatchObject({
        task: { kind: 'classification', labels: [...new Set(labels)].toSorted() },
      });
      expect(first(labels)?.separator).toBeUndefined();
    }
  });

  test('are what is asked for', () => {
    expect(first(['a, b', 'b, a', 'c'], { tagSeparator: ',' })).toMatchObject({
      task: { kind: 'multi-label', labels: ['a', 'b', 'c'] },
      separator: ',',
    });
    expect(first(tagged, { tagSeparator: 'none' })?.task).toMatchObject({ kind: 'classification' });
    expect(first(['a|b', 'c', 'd'], { asked: { it: 'multi-label' } })?.separator).toBe('|');
    expect(first(['a|b', 'c', 'a|b'], { asked: { it: 'classification' } })?.task).toMatchObject({
      labels: ['a|b', 'c'],
    });
    const sets = { tasks: new Map([['it', ['d', 'c', 'b', 'a']]]) };
    expect(first(['a;b', 'c'], { sets })).toMatchObject({
      task: { kind: 'multi-label', labels: ['d', 'c', 'b', 'a'] },
      separator: ';',
    });
  });
});
