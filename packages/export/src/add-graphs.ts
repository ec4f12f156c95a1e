import { join, relative } from 'node:path';
import { readModelFolder, writeAtomically } from '@sentence-mtl/model-files';
import type { OnnxModel } from '@sentence-mtl/onnx';
import { ExportError } from './errors.ts';
import type { GraphRecord } from './export-manifest.ts';
import type { ExportableModel } from './exportable-model.ts';
import type { ExportPrecision } from './precision.ts';
import { webTokenizerTexts } from './web-tokenizer.ts';
import { writeGraph } from './write-graph.ts';

/** Graphs by their precisions. */
export type GraphsByPrecision = ReadonlyMap<ExportPrecision, OnnxModel>;

/** @throws ExportError where a model's config is not where other runtimes look for it */
async function checkLayout(folder: string): Promise<void> {
  const { encoderFolder } = await readModelFolder(folder);
  if (relative(folder, encoderFolder) === '') return;
  throw new ExportError(
    `${folder} has its config and its tokenizer in ${relative(folder, encoderFolder)}, where other runtimes do not look for them; export it into another folder`,
  );
}

/**
 * Writes graphs into the folder of the model they were made of, below `onnx/`. Nothing else in it changes but
 * the files of the tokenizer, which are made to say, as other runtimes read it, where texts end and what rows are padded with.
 *
 * @throws TokenizerFileError where there is no tokenizer that other runtimes can open
 * @throws ExportError where the model's files do not stand in the folder itself, or a graph would pass 2 GiB
 * @throws ModelFileError where something cannot be written; what was there stays
 */
export async function addGraphs(
  folder: string,
  { config }: ExportableModel,
  graphs: GraphsByPrecision,
): Promise<readonly GraphRecord[]> {
  const tokenizerTexts = Object.entries(webTokenizerTexts(config));
  await checkLayout(folder);
  const records: GraphRecord[] = [];
  for (const [precision, graph] of graphs) records.push(await writeGraph(folder, precision, graph));
  for (const [file, text] of tokenizerTexts) {
    if (text !== config.tokenizerTexts[file]) await writeAtomically(join(folder, file), text);
  }
  return records;
}
