import { readSentenceModel, readTaskModel } from '@sentence-mtl/model';
import { readTaskManifest, restoreFolder } from '@sentence-mtl/model-files';
import type { ExportableModel } from './exportable-model.ts';

/**
 * Reads a model with its tasks, or a sentence encoder, whichever a folder has.
 *
 * @throws as `readTaskModel` and `readSentenceModel` do
 */
export async function readExportableModel(folder: string): Promise<ExportableModel> {
  await restoreFolder(folder);
  return (await readTaskManifest(folder)) === undefined ? readSentenceModel(folder) : readTaskModel(folder);
}
