import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '../row.ts';
import { LabelCounter } from './label-counts.ts';
import { findTagSeparator, splitTagCounts, splitTags, withTags } from './tag-cells.ts';

const rowOf = (cell: Row['labels'][string], line = 1): Row => ({
  kind: 'text',
  file: 'f.csv',
  line,
  text: '',
  labels: { tags: cell, other: 'a|b' },
  columns: {},
});

const tags = fc.array(fc.stringMatching(/^[a-z][a-z ,]*[a-z]$/), { maxLength: 4 });

describe('a cell', () => {
  test.each([
    ['a|b', '|', ['a', 'b']],
    [' a | b|| ', '|', ['a', 'b']],
    ['a', ';', ['a']],
    ['', '|', []],
    ['|', '|', []],
    ['["a", 2]', 'json', ['a', '2']],
    ['[]', 'json', []],
    ['["a"', 'json', undefined],
    ['[{"a": 1}]', 'json', undefined],
    ['{"a": 1}', 'json', undefined],
    ['a', 'json', undefined],
  ] as const)('%j by %s is %j', (cell, separator, labels) => {
    expect(splitTags(cell, separator)).toEqual(labels);
  });

  test('is the labels that it was made of', () => {
    fc.assert(
      fc.property(tags, fc.constantFrom('|', ';', 'json'), (labels, separator) => {
        const cell = separator === 'json' ? JSON.stringify(labels) : labels.join(separator);
        expect(splitTags(cell, separator)).toEqual(labels);
      }),
    );
  });
});

test('known labels tell the separator, where one cell has several of them', () => {
  const labels = new Set(['a', 'b', 'a|b']);
  expect(findTagSeparator(['a', 'b'], { labels })).toBeUndefined();
  expect(findTagSeparator(['a|b'], { labels })).toBeUndefined();
  expect(findTagSeparator(['a', 'a; b'], { labels })).toBe(';');
  expect(findTagSeparator(['a;c'], { labels })).toBeUndefined();
  expect(findTagSeparator(['a,b'], { labels })).toBe(',');
});

test('counts of cells are the counts of their labels', () => {
  fc.assert(
    fc.property(fc.array(tags, { minLength: 1, maxLength: 20 }), (rows) => {
      const [cells, lists] = [new LabelCounter(), new LabelCounter()];
      rows.forEach((labels, index) => {
        cells.add(rowOf(labels.join('|'), index + 1));
        lists.add(rowOf(labels, index + 1));
      });
      const [split, expected] = [cells, lists].map(({ counts }) => counts.get('tags'));
      expect(split && splitTagCounts(split, '|')).toMatchObject({ labels: expected?.labels, forms: expected?.forms });
    }),
  );
});

test('rows get lists of labels in the tasks that have a separator, and in no others', () => {
  const row = rowOf('a|b');
  expect(withTags(row, new Map([['tags', '|']])).labels).toEqual({ tags: ['a', 'b'], other: 'a|b' });
  expect(withTags(row, new Map())).toBe(row);
  expect(withTags(rowOf(['a|b']), new Map([['tags', '|']])).labels['tags']).toEqual(['a|b']);
  expect(withTags(rowOf(null), new Map([['tags', '|']])).labels['tags']).toBeNull();
  expect(withTags(row, new Map([['tags', '|']])).labels['constructor']).toBeUndefined();
});
