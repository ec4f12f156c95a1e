import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWords } from './shell-words.ts';

test('plain words stay as they are', () => {
  expect(shellWords(['sentence-mtl', 'encode', 'data/rows.csv', '--out=x.npy', "it's", ''])).toBe(
    String.raw`sentence-mtl encode data/rows.csv --out=x.npy 'it'\''s' ''`,
  );
});

test.skipIf(process.platform === 'win32')('a shell reads the words back', () => {
  const word = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
      const print = shellWords([process.execPath, '-p', 'JSON.stringify(process.argv.slice(1))', '--', ...words]);
      expect(JSON.parse(execFileSync('sh', ['-c', print], { encoding: 'utf8' }))).toEqual(words);
    }),
    { numRuns: 10 },
  );
});
