// The kernel's bytes are committed, so that nothing but this test needs the assembler.
// `pnpm assemble-kernel` writes them again after a change of the .wat file.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import wabt from 'wabt';

test('the committed bytes of the kernel are those of its source', async () => {
  const source = readFileSync(`${import.meta.dirname}/multiply-add.wat`, 'utf8');
  const text = `(module (import "block" "memory" (memory 1 65536))\n${source})`;
  const module = (await wabt()).parseWat('multiply-add.wat', text, { simd: true });
  module.validate();
  const { buffer } = module.toBinary({});
  module.destroy();
  const written = [
    '/** The WebAssembly module of multiply-add.wat, in base64, as `pnpm assemble-kernel` writes it. */',
    'export const kernelBytes: string =',
    `  '${Buffer.from(buffer).toString('base64')}';`,
    '',
  ].join('\n');
  await expect(written).toMatchFileSnapshot('kernel-bytes.ts');
});
