// A page of Markdown is a test file: each of its ```ts blocks becomes a module and a test that imports it.
// Every `// → text` of a block must be printed by the block, in the order of the marks.
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vitest/config';
import { extractExamples, type Example } from './extract-examples.ts';

const PAGE = /\.md$/;
const EXAMPLE_MODULE = /^(.*\.md)\.(\d+)\.ts$/;

function testOf(page: string, { line, prints }: Example, index: number): string {
  return `
test('the example at line ${line} runs and prints what it says', async () => {
  const printed = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => printed.push(...format(...values).split('\\n')));
  try {
    await import(${JSON.stringify(`${page}.${index}.ts`)});
  } finally {
    log.mockRestore();
  }
  let from = 0;
  for (const expected of ${JSON.stringify(prints)}) {
    const at = printed.indexOf(expected, from);
    expect(at, 'this should be printed: ' + expected + '; printed were:\\n' + printed.join('\\n')).not.toBe(-1);
    from = at + 1;
  }
});`;
}

function testModule(page: string, examples: readonly Example[]): string {
  const imports = `import { format } from 'node:util';\nimport { expect, test, vi } from 'vitest';`;
  return [imports, ...examples.map((example, index) => testOf(page, example, index))].join('\n');
}

/** Vite plugin that serves pages of Markdown as test modules and their examples as TypeScript modules. */
export function pageExamples(): Plugin {
  return {
    name: 'page-examples',
    enforce: 'pre',
    resolveId: (id) => (EXAMPLE_MODULE.test(id) ? id : undefined),
    async load(id) {
      const [, page, index] = EXAMPLE_MODULE.exec(id) ?? [];
      if (page !== undefined) return extractExamples(await readFile(page, 'utf8'))[Number(index)]?.code;
      if (PAGE.test(id)) return testModule(id, extractExamples(await readFile(id, 'utf8')));
      return undefined;
    },
  };
}
