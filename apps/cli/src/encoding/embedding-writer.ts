import { extname } from 'node:path';
import {
  EMBEDDING_ENDINGS,
  jsonLine,
  openEmbeddingWriter,
  type EmbeddingRow,
  type RowWriter,
  type WriteOptions,
} from '@sentence-mtl/data';
import { UsageError } from '../command-line/errors.ts';
import type { Output } from '../command-line/output.ts';
import { refuseUnfinished } from './refuse-unfinished.ts';

/** Checks the name of a file of embeddings before any work is done. @throws UsageError where no format has its ending */
export function checkOutName(out: string): void {
  if (EMBEDDING_ENDINGS.includes(extname(out))) return;
  throw new UsageError(`--out ${out}: the name tells the format and must end in ${EMBEDDING_ENDINGS.join(', ')}`);
}

/**
 * Opens a file of float32 embeddings.
 *
 * @param path absolute, with a name that `checkOutName` takes
 * @throws UsageError where a run before has left an unfinished file, and this one is not to go on with it
 */
export async function openEmbeddings(
  path: string,
  dimension: number,
  options: WriteOptions,
): Promise<RowWriter<EmbeddingRow>> {
  await refuseUnfinished(path, options);
  return openEmbeddingWriter(path, { dimension, elements: 'float32' }, options);
}

/** Embeddings as JSON Lines for whoever reads the output. */
export function embeddingsTo(output: Output): RowWriter<EmbeddingRow> {
  return {
    rowsBefore: 0,
    write: async (rows) => output.write(rows.map(({ text, embedding }) => jsonLine({ text, embedding })).join('')),
    finish: async () => undefined,
    leave: async () => undefined,
  };
}
