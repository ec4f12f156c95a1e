import { expect, it } from 'vitest';
import { exportNames, exportsFile } from './export-names.ts';

it('names values, types and renamed exports', () => {
  const index = `
// A comment is not an export.
export { b, a as renamed, type T } from './one.ts';
export type {
  S,
} from './two.ts';
`;
  expect(exportNames(index)).toEqual({ names: ['b', 'renamed', 'type S', 'type T'], rest: '' });
});

it('gives back what is no named re-export', () => {
  expect(exportNames('export const a = 1;').rest).toBe('export const a = 1;');
});

it('writes one name a line', () => {
  expect(exportsFile(['a', 'type B'])).toBe('a\ntype B\n');
});
