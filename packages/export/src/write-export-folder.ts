import { join } from 'node:path';
import { writeSentenceModel, writeTaskModel } from '@sentence-mtl/model';
import { readJsonIfPresent, replaceModelFolder } from '@sentence-mtl/model-files';
import type { GraphsByPrecision } from './add-graphs.ts';
import { ExportError } from './errors.ts';
import { readExportManifest, type GraphRecord } from './export-manifest.ts';
import type { ExportableModel } from './exportable-model.ts';
import { webTokenizerTexts } from './web-tokenizer.ts';
import { writeGraph } from './write-graph.ts';

/** @throws ExportError where a folder is that of a model, and not one that an export wrote */
async function checkTarget(folder: string): Promise<void> {
  if ((await readJsonIfPresent(join(folder, 'config.json'))) === undefined) return;
  if ((await readExportManifest(folder))?.copy === true) return;
  throw new ExportError(
    `${folder} is the folder of a model that no export has written; nothing in it is overwritten: choose another folder`,
  );
}

async function writeModel(folder: string, { tasks = {}, provenance = {}, ...encoder }: ExportableModel): Promise<void> {
  if (Object.keys(tasks).length === 0) await writeSentenceModel(folder, encoder);
  else await writeTaskModel(folder, { ...encoder, tasks, provenance });
}

/**
 * Writes a model and graphs of it as a folder that transformers.js and Python's sentence-transformers open as it is: whole or
 * not at all, in place of what an earlier export wrote there.
 *
 * @throws TokenizerFileError where there is no tokenizer that other runtimes can open
 * @throws ExportError where the folder is that of another model, or a graph would pass 2 GiB
 * @throws ModelFileError where the folder holds something that is no model, or cannot be written; what was there stays
 */
export async function writeExportFolder(
  folder: string,
  model: ExportableModel,
  graphs: GraphsByPrecision,
): Promise<readonly GraphRecord[]> {
  const { config } = model;
  const tokenizerTexts = webTokenizerTexts(config);
  await checkTarget(folder);
  const records: GraphRecord[] = [];
  await replaceModelFolder(folder, async (place) => {
    await writeModel(place, { ...model, config: { ...config, tokenizerTexts } });
    for (const [precision, graph] of graphs) records.push(await writeGraph(place, precision, graph, { copy: true }));
  });
  return records;
}
