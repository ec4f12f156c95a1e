import { writeSentenceModel, writeTaskModel } from '@sentence-mtl/model';
import { replaceModelFolder } from '@sentence-mtl/model-files';
import type { GraphsByPrecision } from './add-graphs.ts';
import { writeExportManifest, type GraphRecord } from './export-manifest.ts';
import { checkExportTarget } from './export-target.ts';
import type { ExportableModel } from './exportable-model.ts';
import { webTokenizerTexts } from './web-tokenizer.ts';
import { writeGraph } from './write-graph.ts';

async function writeModel(folder: string, { tasks = {}, provenance = {}, ...encoder }: ExportableModel): Promise<void> {
  if (Object.keys(tasks).length === 0) await writeSentenceModel(folder, encoder);
  else await writeTaskModel(folder, { ...encoder, tasks, provenance });
}

/**
 * Writes a model and graphs of it, be it none, as a folder that transformers.js and Python's sentence-transformers open as
 * it is: whole or not at all, in place of what an earlier export wrote there.
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
  await checkExportTarget(folder);
  const records: GraphRecord[] = [];
  await replaceModelFolder(folder, async (place) => {
    await writeModel(place, { ...model, config: { ...config, tokenizerTexts } });
    await writeExportManifest(place, { copy: true, graphs: [] });
    for (const [precision, graph] of graphs) records.push(await writeGraph(place, precision, graph));
  });
  return records;
}
