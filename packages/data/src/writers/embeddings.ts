import { extname } from 'node:path';
import { ArgumentError } from '@sentence-mtl/core';
import { checkEmbedding, type EmbeddingRow, type EmbeddingShape } from './embedding-row.ts';
import { openJsonLinesWriter } from './json-lines.ts';
import { openNpyWriter, openSafetensorsWriter } from './matrix.ts';
import { openParquetWriter } from './parquet.ts';
import type { RowWriter, WriteOptions } from './row-writer.ts';

type Opener = (path: string, shape: EmbeddingShape, options: WriteOptions) => Promise<RowWriter<EmbeddingRow>>;

async function openJsonLines(path: string, shape: EmbeddingShape, options: WriteOptions): ReturnType<Opener> {
  const writer = await openJsonLinesWriter(path, options);
  const write = async (rows: readonly EmbeddingRow[]): Promise<void> => {
    for (const row of rows) checkEmbedding(row, shape);
    await writer.write(rows.map(({ text, embedding }) => ({ text, embedding })));
  };
  return { ...writer, write };
}

const OPENERS: Readonly<Record<string, Opener>> = {
  '.jsonl': openJsonLines,
  '.npy': openNpyWriter,
  '.parquet': openParquetWriter,
  '.safetensors': openSafetensorsWriter,
};

/** The endings of names that {@link openEmbeddingWriter} knows a format for. */
export const EMBEDDING_ENDINGS: readonly string[] = Object.keys(OPENERS);

/**
 * Writes embeddings in the format that the name's ending tells: JSON Lines `{"text", "embedding"}`, Parquet with the
 * columns `text` and `embedding` (a list), or only the embeddings, as a matrix, as `.npy` or as the tensor `embeddings`
 * of a `.safetensors` file. All can be resumed: Parquet behind the last whole group of 4096 rows, the others behind the
 * last whole row.
 *
 * @throws ArgumentError where no format has this ending, or the shape is none
 * @throws DataFileError where the file cannot be written or resumed
 */
export async function openEmbeddingWriter(
  path: string,
  shape: EmbeddingShape,
  options: WriteOptions = {},
): Promise<RowWriter<EmbeddingRow>> {
  const { dimension, elements } = shape;
  const ending = extname(path);
  const open = Object.hasOwn(OPENERS, ending) ? OPENERS[ending] : undefined;
  if (open === undefined) {
    throw new ArgumentError(`${path}: embeddings are written to files that end in ${EMBEDDING_ENDINGS.join(', ')}`);
  }
  if (!Number.isSafeInteger(dimension) || dimension < 1) {
    throw new ArgumentError(`the dimension of embeddings is ${dimension}; a whole number of at least 1 is needed`);
  }
  return open(path, shape, { ...options, settings: { ...options.settings, dimension, elements } });
}
