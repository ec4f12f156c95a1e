import { expect, test } from 'vitest';
import { runCommandLine } from '../command-line/run-command-line.ts';
import { memorySurroundings } from '../command-line/surroundings.test.support.ts';
import { sentenceMtlProgram } from '../program.ts';
import { TINY_MODEL } from '../run-built-program.test.support.ts';

async function said(...words: string[]): Promise<string> {
  const surroundings = memorySurroundings();
  const exitCode = await runCommandLine(['similarity', ...words], sentenceMtlProgram(), surroundings);
  return `${exitCode}\n${surroundings.stdout.text}${surroundings.stderr.text}`;
}

// Python gives 0.4046 and 0.5098 for all-MiniLM-L6-v2 in float32; the model that is built in is rounded to int8.
test('each text is compared with each, in an aligned matrix', async () => {
  const [exitCode, heads, ...rows] = (
    await said('This is an example sentence', 'Each sentence\nis converted', '')
  ).split('\n');
  expect([exitCode, heads]).toEqual(['0', '        1       2       3']);
  expect(rows[0]).toMatch(/^1 {2}1\.0000 {2}0\.40\d\d {2}0\.2[23]\d\d {2}This is an example sentence$/);
  expect(rows[1]).toMatch(/^2 {2}0\.40\d\d {2}1\.0000 {2}0\.1[56]\d\d {2}Each sentence is converted$/);
  expect(rows[2]).toMatch(/^3 {2}0\.2[23]\d\d {2}0\.1[56]\d\d {2}1\.0000$/);
});

test('for programs the matrix is data', async () => {
  const [exitCode, found = ''] = (
    await said('--model', TINY_MODEL, '--json', '--measure', 'euclidean', '--', 'a', '-b')
  ).split('\n');
  expect(exitCode).toBe('0');
  const { similarity, ...rest } = JSON.parse(found) as { similarity: number[][] };
  expect(rest).toEqual({ model: TINY_MODEL, measure: 'euclidean', texts: ['a', '-b'] });
  expect(similarity.map((row) => row.map((value) => Math.sign(Math.round(value * 1e4))))).toEqual([
    [0, -1],
    [-1, 0],
  ]);
});

test('one text has nothing to be compared with, and a typo is met with the nearest measure', async () => {
  expect(await said('a')).toMatch(/^2\nerror: similarity takes at least 2 texts, and 1 is given\n/);
  expect(await said('a', 'b', '--measure', 'cosin')).toMatch(/^2\nerror: .*Did you mean cosine\?\n/);
});
