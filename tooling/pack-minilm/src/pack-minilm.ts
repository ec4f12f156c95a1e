import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeOfShape } from '@sentence-mtl/core';
import {
  openWeights,
  quantizeRows,
  readWeights,
  writeAtomically,
  writeSafetensors,
  type StoredTensor,
} from '@sentence-mtl/model-files';

/** What is kept byte for byte. */
const COPIED_FILES: readonly string[] = [
  '1_Pooling/config.json',
  'LICENSE',
  'MODEL_CARD.md',
  'config.json',
  'config_sentence_transformers.json',
  'modules.json',
  'sentence_bert_config.json',
  'special_tokens_map.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'vocab.txt',
];

/** Not of the encoder: a buffer that counts from 0, and a layer that sentence embeddings do not use. */
const LEFT_OUT = /^(?:embeddings\.position_ids$|pooler\.)/;

async function packedTensors(source: string): Promise<readonly (readonly [string, StoredTensor])[]> {
  const tensors = new Map<string, readonly [readonly number[], Float32Array]>();
  const weights = await openWeights(source);
  try {
    await readWeights(weights, (name, shape) => {
      if (LEFT_OUT.test(name)) return undefined;
      const data = new Float32Array(sizeOfShape(shape));
      tensors.set(name, [shape, data]);
      return data;
    });
  } finally {
    await weights.close();
  }
  return [...tensors].flatMap(([name, [shape, data]]) =>
    shape.length === 2 ? quantizeRows(name, shape, data) : [[name, { dtype: 'F32', shape, data }] as const],
  );
}

async function sha256(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

/**
 * Writes the model folder of the package `minilm`: every matrix as int8 rows with scales, the rest as it is published.
 * The same source gives the same bytes.
 *
 * @param source the folder of the fp32 model
 * @throws ModelFileError where it cannot be read, or the target not be written
 */
export async function packMinilm(source: string, target: string): Promise<void> {
  for (const file of COPIED_FILES) await writeAtomically(join(target, file), await readFile(join(source, file)));
  await writeSafetensors(join(target, 'model-int8.safetensors'), await packedTensors(source), {
    format: 'int8-rows',
    origin: 'sentence-transformers/all-MiniLM-L6-v2',
    originSha256: await sha256(join(source, 'model.safetensors')),
  });
}
