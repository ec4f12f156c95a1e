import { expect, test } from 'vitest';
import { sizeText } from './size-text.ts';
import { textTable } from './text-table.ts';

test('columns are aligned, numbers by their last digit, and no line ends in spaces', () => {
  const rows = [
    ['name', 'count', 'what'],
    ['a', '1200', ''],
    ['longer', '7', 'few'],
  ];
  expect(textTable(rows, { numeric: [1] })).toBe('name    count  what\na        1200\nlonger      7  few');
});

test('a table may be empty, and rows may be short', () => {
  expect(textTable([])).toBe('');
  expect(textTable([['a'], ['b', 'c']])).toBe('a\nb  c');
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [90_868_376, '90.9 MB'],
  [2.5e12, '2.5 TB'],
  [3e15, '3000.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
