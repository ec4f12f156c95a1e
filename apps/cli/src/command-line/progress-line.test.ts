import { expect, test } from 'vitest';
import { durationText, progressLine, type ProgressState } from './progress-line.ts';

const state: ProgressState = { label: 'encoding', unit: 'rows', done: 1200, first: 0, total: 4800, seconds: 2 };

test.each<[string, Partial<ProgressState>, string]>([
  ['all is known', {}, 'encoding  1,200 of 4,800 rows (25 %)  600/s  6 s left'],
  ['the total is not', { total: undefined }, 'encoding  1,200 rows  600/s'],
  ['nothing is done', { done: 0, seconds: 0 }, 'encoding  0 of 4,800 rows (0 %)'],
  ['an earlier run did some', { first: 1000 }, 'encoding  1,200 of 4,800 rows (25 %)  100/s  36 s left'],
  ['it is slow', { done: 3 }, 'encoding  3 of 4,800 rows (0 %)  1.5/s  53 min 18 s left'],
  ['there is nothing to do', { done: 0, total: 0 }, 'encoding  0 of 0 rows (0 %)'],
  [
    'sizes are counted',
    { label: 'downloading model.safetensors', unit: 'bytes', done: 12_340_000, total: 90_900_000 },
    'downloading model.safetensors  12.3 MB of 90.9 MB (13 %)  6.2 MB/s  13 s left',
  ],
])('where %s', (_, changes, line) => {
  expect(progressLine({ ...state, ...changes })).toBe(line);
});

test.each([
  [0.2, '0 s'],
  [59.4, '59 s'],
  [200, '3 min 20 s'],
  [7500, '2 h 5 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
