import { expect, it } from 'vitest';
import { brokenLinks } from './broken-links.ts';

it('finds relative links that lead nowhere, and leaves addresses and code alone', () => {
  const text = '[a](here.md) [b](gone.md#part) [c](https://example.org)\n```md\n[d](code.md)\n```\n';
  expect(brokenLinks(text, (path) => path === 'here.md')).toEqual(['gone.md']);
});
