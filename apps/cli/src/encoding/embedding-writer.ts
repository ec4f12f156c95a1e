import { access } from 'node:fs/promises';
import { extname } from 'node:path';
import { jsonLine, openJsonLinesWriter, type RowWriter, type WriteOptions } from '@sentence-mtl/data';
import { UsageError } from '../command-line/errors.ts';
import type { Output } from '../command-line/output.ts';

/** A text and its embedding, as a row of a file. */
export type EmbeddedText = Readonly<{ text: string; embedding: Float32Array }>;

/** The formats of files of embeddings, by the ending of their name. */
const OPENERS: Readonly<Record<string, (path: string, options: WriteOptions) => Promise<RowWriter<EmbeddedText>>>> = {
  '.jsonl': openJsonLinesWriter,
};

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Checks the name of a file of embeddings before any work is done. @throws UsageError where no format has its ending */
export function checkOutName(out: string): void {
  if (Object.hasOwn(OPENERS, extname(out))) return;
  throw new UsageError(`--out ${out}: the name tells the format and must end in ${Object.keys(OPENERS).join(', ')}`);
}

/**
 * Opens a file of embeddings.
 *
 * @param path absolute, with a name that `checkOutName` takes
 * @throws UsageError where a run before has left an unfinished file, and this one is not to go on with it
 */
export async function openEmbeddings(path: string, options: WriteOptions): Promise<RowWriter<EmbeddedText>> {
  const open = OPENERS[extname(path)];
  if (open === undefined) throw new UsageError(`${path}: no format has this ending`);
  if (options.resume !== true && (await exists(`${path}.partial`))) {
    throw new UsageError(`${path}.partial is of an unfinished run: add --resume to go on with it, or delete it`);
  }
  return open(path, options);
}

/** Embeddings as JSON Lines for whoever reads the output. */
export function embeddingsTo(output: Output): RowWriter<EmbeddedText> {
  return {
    rowsBefore: 0,
    write: async (rows) => output.write(rows.map(({ text, embedding }) => jsonLine({ text, embedding })).join('')),
    finish: async () => undefined,
    leave: async () => undefined,
  };
}
