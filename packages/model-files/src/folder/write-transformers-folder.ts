import { join } from 'node:path';
import { pathInside } from '../files/path-inside.ts';
import type { JsonRecord } from '../files/read-json.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { writeSafetensors, type StoredTensor } from '../safetensors/write-safetensors.ts';
import type { TokenizerTexts } from './read-model-folder.ts';

/** A model as Hugging Face's transformers has it: no pooling, no modules. */
export interface TransformersParts {
  /** config.json */
  readonly config: JsonRecord;
  /** All tensors under their Hugging Face names; left out, the folder has none. */
  readonly weights?: Iterable<readonly [name: string, tensor: StoredTensor]> | undefined;
  readonly tokenizerTexts: TokenizerTexts;
}

/** Writes a folder that transformers loads. @throws ModelFileError where a file cannot be written */
export async function writeTransformersFolder(
  folder: string,
  { config, weights, tokenizerTexts }: TransformersParts,
): Promise<void> {
  for (const [name, text] of Object.entries(tokenizerTexts)) {
    await writeAtomically(pathInside(folder, name, 'the model'), text);
  }
  if (weights !== undefined) await writeSafetensors(join(folder, 'model.safetensors'), weights);
  await writeAtomically(join(folder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
}
