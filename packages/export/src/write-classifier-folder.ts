import { hasClassifierHead, sequenceClassifierConfig, writeSequenceClassifier } from '@sentence-mtl/model';
import { replaceModelFolder, writeTransformersFolder } from '@sentence-mtl/model-files';
import type { GraphsByPrecision } from './add-graphs.ts';
import { checkExportTarget } from './export-target.ts';
import { withTasks, type ExportableModel } from './exportable-model.ts';
import { writeExportManifest, type GraphRecord } from './export-manifest.ts';
import { webTokenizerTexts } from './web-tokenizer.ts';
import { writeGraph } from './write-graph.ts';

/**
 * Writes one task as the folder of a `…ForSequenceClassification`, with graphs of `classifierGraph`: what
 * `pipeline('text-classification')` of transformers.js opens, and, where the head is one that Python's transformers has,
 * with weights for it. Whole or not at all, in place of what an earlier export wrote there.
 *
 * @throws ArgumentError where the model has no such task
 * @throws ModelError where a sequence classifier has no such tasks
 * @throws TokenizerFileError where there is no tokenizer that other runtimes can open
 * @throws ExportError where the folder is that of another model, or a graph would pass 2 GiB
 * @throws ModelFileError where the folder holds something that is no model, or cannot be written; what was there stays
 */
export async function writeClassifierFolder(
  folder: string,
  model: ExportableModel,
  name: string,
  graphs: GraphsByPrecision,
): Promise<readonly GraphRecord[]> {
  const { provenance = {}, ...given } = withTasks(model);
  const tokenizerTexts = webTokenizerTexts(given.config);
  const written = { ...given, provenance, config: { ...given.config, tokenizerTexts } };
  await checkExportTarget(folder);
  const records: GraphRecord[] = [];
  await replaceModelFolder(folder, async (place) => {
    if (hasClassifierHead(written, name)) await writeSequenceClassifier(place, written, name);
    else await writeTransformersFolder(place, { config: sequenceClassifierConfig(written, name), tokenizerTexts });
    await writeExportManifest(place, { copy: true, graphs: [] });
    for (const [precision, graph] of graphs) records.push(await writeGraph(place, precision, graph));
  });
  return records;
}
