import { expect, test } from 'vitest';
import { explainSystemError, systemErrorCode } from './system-error.ts';

test.each([
  ['EACCES', 'access is denied; check its permissions'],
  ['EROFS', 'the disk is read-only; choose another folder'],
  ['ENOTDIR', 'a part of its path is not a folder'],
  ['EXXX', 'odd'],
])('%s is explained', (code, words) => {
  expect(explainSystemError(Object.assign(new Error('odd'), { code }))).toBe(words);
});

test('only codes of the operating system count as such', () => {
  expect(systemErrorCode(Object.assign(new Error('gone'), { code: 'ENOENT' }))).toBe('ENOENT');
  expect(systemErrorCode(Object.assign(new Error('odd'), { code: 'ERR_INVALID_ARG_TYPE' }))).toBeUndefined();
  expect(systemErrorCode('ENOENT')).toBeUndefined();
});
