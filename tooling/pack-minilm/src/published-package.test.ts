import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { minilmFolder } from '@sentence-mtl/minilm';
import { expect, it } from 'vitest';

it('the published package has the model, its licence and its origin', () => {
  const cwd = fileURLToPath(new URL('..', minilmFolder));
  const packing = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  // Windows has npm.cmd, which only a shell runs.
  const output = execFileSync('npm', packing, {
    cwd,
    encoding: 'utf8',
    shell: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(output) as readonly [{ readonly files: readonly { readonly path: string }[] }];
  expect(files.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'NOTICE',
      'model/LICENSE',
      'model/MODEL_CARD.md',
      'model/1_Pooling/config.json',
      'model/config.json',
      'model/model-int8.safetensors',
      'model/modules.json',
      'model/tokenizer.json',
    ]),
  );
});
