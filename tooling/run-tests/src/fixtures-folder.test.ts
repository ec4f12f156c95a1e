import { expect, it } from 'vitest';
import { fixturesFolder } from './fixtures-folder.ts';

it('gives an absolute path, or nothing where the folder is absent', () => {
  expect(fixturesFolder(import.meta.dirname, '..')).toBe(import.meta.dirname.replace(/\/src$/, ''));
  expect(fixturesFolder(import.meta.dirname, './absent')).toBe('');
});
