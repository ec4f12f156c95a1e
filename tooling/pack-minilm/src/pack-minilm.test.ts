import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minilmFolder } from '@sentence-mtl/minilm';
import { openWeights, writeSafetensors, type StoredTensor } from '@sentence-mtl/model-files';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packMinilm } from './pack-minilm.ts';
import { publishedAbsence, publishedFolder } from './published-folder.ts';

const committed = fileURLToPath(minilmFolder);

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(join(folder, '/').length)).toSorted();
}

/** Names of files that differ, or are in one folder only. */
function differences(a: string, b: string): readonly string[] {
  const names = new Set([...filesIn(a), ...filesIn(b)]);
  const read = (folder: string, name: string): Buffer | undefined =>
    filesIn(folder).includes(name) ? readFileSync(join(folder, name)) : undefined;
  return [...names].filter((name) => read(a, name)?.equals(read(b, name) ?? Buffer.of()) !== true);
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pack-minilm-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a small model', () => {
  const floats = (...shape: readonly number[]): StoredTensor => {
    const size = shape.reduce((product, each) => product * each, 1);
    return { dtype: 'F32', shape, data: Float32Array.from({ length: size }, (_, i) => Math.sin(i + size)) };
  };

  async function writeSmallModel(source: string): Promise<void> {
    for (const name of filesIn(committed).filter((file) => !file.endsWith('.safetensors'))) {
      mkdirSync(dirname(join(source, name)), { recursive: true });
      writeFileSync(join(source, name), `what is in ${name}`);
      chmodSync(join(source, name), 0o444);
    }
    const tensors = {
      'embeddings.position_ids': { dtype: 'I8', shape: [4], data: Int8Array.of(0, 1, 2, 3) },
      'embeddings.word_embeddings.weight': floats(5, 4),
      'embeddings.LayerNorm.bias': floats(4),
      'pooler.dense.weight': floats(4, 4),
    } as const;
    await writeSafetensors(join(source, 'model.safetensors'), Object.entries(tensors));
  }

  it('keeps its files, its vectors as they are and its matrices as int8, and leaves out what is not the encoder', async () => {
    const [source, target] = [join(folder, 'source'), join(folder, 'target')];
    await writeSmallModel(source);
    await packMinilm(source, target);
    expect(differences(source, target).toSorted()).toEqual(['model-int8.safetensors', 'model.safetensors']);
    const { tensors, close } = await openWeights(target);
    await close();
    expect(Object.fromEntries([...tensors].map(([name, { dtype, shape }]) => [name, [dtype, shape]]))).toEqual({
      'embeddings.word_embeddings.weight': ['I8', [5, 4]],
      'embeddings.LayerNorm.bias': ['F32', [4]],
    });
  });

  it('is packed again over an older one, from files that may not be written, to the same bytes', async () => {
    const [source, target, other] = [join(folder, 'source'), join(folder, 'target'), join(folder, 'other')];
    await writeSmallModel(source);
    await packMinilm(source, target);
    await packMinilm(source, target);
    await packMinilm(source, other);
    expect(differences(target, other)).toEqual([]);
  });
});

describe.skipIf(publishedAbsence)(`the published model ${publishedAbsence ?? ''}`, () => {
  it('is packed to the bytes that are committed', async () => {
    await packMinilm(publishedFolder, folder);
    expect(filesIn(folder)).toHaveLength(11 + 1);
    expect(differences(folder, committed)).toEqual([]);
  });
});
