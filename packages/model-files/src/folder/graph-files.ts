import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explainSystemError, systemErrorCode } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';

/** Number formats of exported graphs, in the order in which they are listed. */
export const GRAPH_PRECISIONS = ['fp32', 'fp16', 'int8'] as const;

export type GraphPrecision = (typeof GRAPH_PRECISIONS)[number];

/** The folder of graphs in that of a model. */
export const GRAPH_FOLDER = 'onnx';

/** The file of each format in that folder: the names that transformers.js looks for. */
export const GRAPH_FILES: Readonly<Record<GraphPrecision, string>> = {
  fp32: 'model.onnx',
  fp16: 'model_fp16.onnx',
  int8: 'model_quantized.onnx',
};

export const graphPath = (folder: string, precision: GraphPrecision): string =>
  join(folder, GRAPH_FOLDER, GRAPH_FILES[precision]);

/**
 * The file of a model's exported graph.
 *
 * @throws ModelFileError where there is none, with the command that makes it, or it cannot be read
 */
export async function readGraphFile(folder: string, precision: GraphPrecision): Promise<Uint8Array<ArrayBuffer>> {
  const path = graphPath(folder, precision);
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    if (systemErrorCode(cause) !== 'ENOENT') {
      throw new ModelFileError(`cannot read ${path}: ${explainSystemError(cause)}`, { cause });
    }
    throw new ModelFileError(
      `${folder} has no graph in ${precision} (${GRAPH_FOLDER}/${GRAPH_FILES[precision]}); make one with: sentence-mtl export ${JSON.stringify(folder)} --precision ${precision}`,
      { cause },
    );
  }
}
