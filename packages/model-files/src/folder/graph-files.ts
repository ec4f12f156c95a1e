import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explainSystemError, systemErrorCode } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';
import { temporarySibling } from '../files/write-atomically.ts';

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

/** The entries of the folder of graphs; none where there is no such folder. */
async function graphEntries(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(join(folder, GRAPH_FOLDER));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Removes the folder of a model's exported graphs, all at once: for a model that no longer says what they say.
 *
 * @returns the number formats that were there
 * @throws ModelFileError where it cannot be removed
 */
export async function removeGraphs(folder: string): Promise<readonly GraphPrecision[]> {
  const path = join(folder, GRAPH_FOLDER);
  try {
    const entries = await graphEntries(folder);
    if (entries.length === 0) return [];
    const temporary = temporarySibling(path);
    await rename(path, temporary);
    await rm(temporary, { recursive: true });
    return GRAPH_PRECISIONS.filter((precision) => entries.includes(GRAPH_FILES[precision]));
  } catch (cause) {
    throw new ModelFileError(`cannot remove the exported graphs in ${path}: ${explainSystemError(cause)}`, { cause });
  }
}
