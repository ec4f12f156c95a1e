import { describe, expect, it } from 'vitest';
import { extractExamples } from './extract-examples.ts';

const README = [
  '# Title',
  '',
  '```sh',
  'npm install it',
  '```',
  '',
  '```ts',
  "import { one } from 'it';",
  'console.log(one); // → 1',
  'console.log([one]); // → [ 1 ]',
  '```',
  '',
  '```ts',
  'export {};',
  '```',
].join('\n');

describe('extractExamples', () => {
  it('finds the TypeScript blocks and only those, with their lines', () => {
    const examples = extractExamples(README);
    expect(examples.map(({ line }) => line)).toEqual([8, 14]);
    expect(examples[1]?.code).toBe('export {};\n');
  });

  it('reads what the marks say is printed', () => {
    expect(extractExamples(README).map(({ prints }) => prints)).toEqual([['1', '[ 1 ]'], []]);
  });
});
