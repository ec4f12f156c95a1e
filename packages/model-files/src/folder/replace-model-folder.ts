import { cp, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { explainSystemError, systemErrorCode } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';
import { replaceFolder, restoreFolder } from '../files/replace-folder.ts';

/** What a model consists of. Such files of the old folder are of the old model; all others are kept. */
const OF_A_MODEL =
  /^(modules|config|config_sentence_transformers|sentence_[\w-]+_config|sentence_mtl|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab|generation_config)\.json$|\.safetensors(\.index\.json)?$|\.bin(\.index\.json)?$|^(vocab|merges)\.txt$|^\d+_\w+$|^(heads|onnx)$|\.tmp$/;

/** The entries of a folder; none where there is no folder. */
async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw new ModelFileError(`cannot write the folder ${folder}: ${explainSystemError(error)}`, { cause: error });
  }
}

/** @throws ModelFileError where a folder holds something that is no model */
function checkReplaceable(folder: string, entries: readonly string[]): void {
  const isModel = entries.includes('config.json') || entries.includes('modules.json');
  if (entries.length === 0 || isModel) return;
  throw new ModelFileError(
    `${folder} is not empty and is not the folder of a model; nothing in it is overwritten: choose another folder`,
  );
}

/** Files of other kinds, such as a README, go along. */
async function keepOthers(from: string, entries: readonly string[], to: string): Promise<void> {
  const written = new Set(await readdir(to));
  for (const name of entries.filter((each) => !OF_A_MODEL.test(each) && !written.has(each))) {
    await cp(join(from, name), join(to, name), { recursive: true, preserveTimestamps: true });
  }
}

/**
 * Writes the folder of a model whole or not at all, in place of the one that was there; see `replaceFolder`. Files of
 * other kinds that stood in it stay; exports of the old model (`onnx`) go.
 *
 * @param write fills an empty folder
 * @throws ModelFileError where there is a folder that is not of a model, or it cannot be written; what was there stays
 */
export async function replaceModelFolder(folder: string, write: (folder: string) => Promise<void>): Promise<void> {
  const path = resolve(folder);
  await restoreFolder(path);
  const entries = await entriesOf(path);
  checkReplaceable(folder, entries);
  await replaceFolder(path, async (place) => {
    await write(place);
    await keepOthers(path, entries, place);
  });
}
