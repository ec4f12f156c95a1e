import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

/** Everything a module imports, and what that imports, of this package's own modules. */
async function importsOf(module: URL, seen = new Map<string, readonly string[]>()): Promise<typeof seen> {
  if (seen.has(module.href)) return seen;
  const source = await readFile(module, 'utf8');
  const specifiers = [...source.matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, specifier]) => specifier ?? '');
  seen.set(module.href, specifiers);
  for (const own of specifiers.filter((specifier) => specifier.startsWith('.')))
    await importsOf(new URL(own, module), seen);
  return seen;
}

it('the entry for browsers reaches onnxruntime-web, and nothing of Node', async () => {
  const specifiers = [...(await importsOf(new URL('web.ts', import.meta.url))).values()].flat();
  const outside = new Set(specifiers.filter((specifier) => !specifier.startsWith('.')));
  expect([...outside].toSorted()).toEqual([
    '@sentence-mtl/core',
    '@sentence-mtl/onnx',
    '@sentence-mtl/program',
    'onnxruntime-web',
  ]);
});
