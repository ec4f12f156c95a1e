import { join } from 'node:path';
import { MemoryLimitError } from '@sentence-mtl/core';
import { GRAPH_FOLDER, writeAtomically } from '@sentence-mtl/model-files';
import { modelParts, type OnnxModel } from '@sentence-mtl/onnx';
import { ExportError } from './errors.ts';
import { readExportManifest, writeExportManifest, type GraphRecord } from './export-manifest.ts';
import { readGraphDescription } from './graph-description.ts';
import { GRAPH_FILES, type ExportPrecision } from './precision.ts';

function quantizationIn({ metadata }: OnnxModel): Pick<GraphRecord, 'quantization'> {
  const { quantization } = readGraphDescription(metadata);
  return quantization === undefined ? {} : { quantization };
}

/** The parts of a graph's file. @throws ExportError where it would be larger than a file of a graph can be */
function chunksOf(model: OnnxModel, file: string): readonly Uint8Array[] {
  try {
    return modelParts(model);
  } catch (cause) {
    if (!(cause instanceof MemoryLimitError)) throw cause;
    throw new ExportError(
      `${file} would be larger than 2 GiB, which no ONNX file can be; weights of half the size may fit: export with the precision fp16 or int8`,
      { cause },
    );
  }
}

/**
 * Writes a graph into the folder of a model, whole or not at all, beside those of other precisions. The weights go into
 * the file as they are: no copy of them is made.
 *
 * @throws ExportError where the file would pass 2 GiB
 * @throws ModelFileError where it cannot be written
 */
export async function writeGraph(folder: string, precision: ExportPrecision, model: OnnxModel): Promise<GraphRecord> {
  const file = GRAPH_FILES[precision];
  const before = await readExportManifest(folder);
  const chunks = chunksOf(model, file);
  await writeAtomically(join(folder, GRAPH_FOLDER, file), async (handle) => {
    for (const chunk of chunks) await handle.writeFile(chunk);
  });
  const record: GraphRecord = {
    file,
    precision,
    opset: model.opsets.get('') ?? 0,
    bytes: chunks.reduce((sum, { length }) => sum + length, 0),
    inputs: model.inputs.map(({ name }) => name),
    outputs: model.outputs.map(({ name }) => name),
    ...quantizationIn(model),
  };
  const others = before?.graphs.filter((each) => each.file !== file) ?? [];
  await writeExportManifest(folder, { copy: before?.copy ?? false, graphs: [...others, record] });
  return record;
}
