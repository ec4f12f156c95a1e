// The kernels' bytes are committed, so that nothing but this test needs the assembler.
// `pnpm assemble-kernels` writes them again after a change of a .wat file.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import wabt from 'wabt';

/** The bytes that one turn of a kernel's loop takes of each array. */
const STRIDE_BYTES = 128;

/** The text from `start` to the parenthesis that closes the one there. */
function expressionAt(text: string, start: number): string {
  let depth = 0;
  for (let end = start; end < text.length; end++) {
    if (text[end] === '(') depth++;
    if (text[end] === ')') depth--;
    if (depth === 0) return text.slice(start, end + 1);
  }
  throw new Error(`no parenthesis closes: ${text.slice(start, start + 40)}`);
}

/** Writes `(@unroll n …)` out: n times what is inside, `offset=@+k` being k bytes after where each copy begins. */
function unroll(text: string): string {
  const start = text.indexOf('(@unroll ');
  if (start === -1) return text;
  const expression = expressionAt(text, start);
  const [, times = '1', body = ''] = /^\(@unroll (\d+)([^]*)\)$/.exec(expression) ?? [];
  const copies = Array.from({ length: Number(times) }, (_, copy) =>
    body.replaceAll(/offset=@(?:\+(\d+))?/g, (_at, more = '0') => {
      return `offset=${copy * (STRIDE_BYTES / Number(times)) + Number(more)}`;
    }),
  );
  return unroll(text.replace(expression, () => copies.join('')));
}

async function assemble(functions: readonly string[]): Promise<Uint8Array> {
  const assembler = await wabt();
  const memory = '(import "arena" "memory" (memory 1 65536))';
  const module = assembler.parseWat('kernels.wat', `(module ${memory}\n${functions.map(unroll).join('\n')})`, {
    simd: true,
  });
  module.validate();
  const { buffer } = module.toBinary({});
  module.destroy();
  return buffer;
}

test('the committed bytes of the kernels are those of their source', async () => {
  const sources = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.wat'));
  const bytes = await assemble(
    sources.toSorted().map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8')),
  );
  const module = [
    '/** The WebAssembly module of the .wat files beside this one, in base64, as `pnpm assemble-kernels` writes it. */',
    'export const kernelBytes: string =',
    `  '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');
  await expect(module).toMatchFileSnapshot('kernel-bytes.ts');
});
