import { classification } from '@sentence-mtl/heads';
import type { Row } from '@sentence-mtl/data';
import { expect, test } from 'vitest';
import type { Dataset, Side } from './dataset.ts';
import { describeDataset } from './describe-dataset.ts';

const rowsOf = (file: string, ...texts: readonly string[]): readonly Row[] =>
  texts.map((text, index) => ({ kind: 'text', file, line: index + 2, text, labels: { intent: 'a' }, columns: {} }));

function attentionTo(rows: Dataset['rows'], splitOff: readonly Side[]): readonly string[] {
  const task = classification(['a', 'b']);
  const inferred = { tasks: [{ name: 'intent', task, rows: 4, reason: 'texts' }], leftOut: [] };
  const described = describeDataset({ rows, splitOff, inferred, tasks: { intent: task }, rejected: [] }, 42);
  return described.split('\n').filter((line) => line.startsWith('attention'));
}

test('equal texts on two sides are told with what they make too good', () => {
  const rows = {
    train: rowsOf('train.csv', 'one', 'two', 'three'),
    validation: rowsOf('validation.csv', 'four', 'Two ', 'five'),
    test: rowsOf('test.csv', 'six', 'FIVE', 'four', 'three'),
  };
  expect(attentionTo(rows, [])).toEqual([
    'attention: 1 validation row with a text of the training rows, at validation.csv:3, which makes the metrics too good',
    'attention: 1 test row with a text of the training rows, at test.csv:5, which makes the metrics too good',
    'attention: 2 test rows with a text of the validation rows, by which the model is chosen, the first at test.csv:3, which makes the metrics too good',
  ]);
});

test('sides that were split off have no such texts; a file for the test may', () => {
  const rows = { train: rowsOf('t', 'one'), validation: rowsOf('t', 'two'), test: rowsOf('test', 'two') };
  expect(attentionTo(rows, ['validation'])).toEqual([
    expect.stringMatching(/^attention: 1 test row with a text of the validation/),
  ]);
  expect(attentionTo({ ...rows, test: rowsOf('t', 'three') }, ['validation', 'test'])).toEqual([]);
});
