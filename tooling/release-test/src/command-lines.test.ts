import { expect, it } from 'vitest';
import { commandLines } from './command-lines.ts';

it('finds the command lines of the program, without comments and prompts of others', () => {
  const page = [
    '```sh',
    'npm install sentence-mtl',
    'npx sentence-mtl check-data a.csv        # what is in it',
    'npx sentence-mtl similarity "#1 fan" "b"',
    '```',
    '',
    '```',
    'npx sentence-mtl not shell',
    '```',
  ].join('\n');
  expect(commandLines(page)).toEqual(['npx sentence-mtl check-data a.csv', 'npx sentence-mtl similarity "#1 fan" "b"']);
});
