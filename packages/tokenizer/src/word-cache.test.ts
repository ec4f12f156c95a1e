import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { cacheWords } from './word-cache.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapAfterCollection(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test('a word is looked up once, and a long one each time', () => {
  const asked: string[] = [];
  const idsOf = cacheWords((word) => [asked.push(word)]);
  const long = 'x'.repeat(65);
  expect(['a', 'b', 'a', long, long].map((word) => idsOf(word)[0])).toEqual([1, 2, 1, 3, 4]);
  expect(asked).toEqual(['a', 'b', long, long]);
});

test('a word that is remembered does not keep its text in memory', () => {
  const idsOf = cacheWords((word) => [word.length]);
  const before = heapAfterCollection();
  const [texts, length] = [200, 100_000];
  for (let i = 0; i < texts; i++) {
    const text = Buffer.alloc(length, `a-word-of-its-own-${i} and what all texts have `).toString('latin1');
    idsOf(text.split(' ')[0] ?? '');
  }
  expect(heapAfterCollection() - before).toBeLessThan((texts * length) / 4);
});
