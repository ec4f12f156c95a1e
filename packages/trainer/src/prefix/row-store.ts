import { createRowFile, type RowFile, type RowFileOptions } from '@sentence-mtl/model-files';

/** Rows of floats by number: the outputs of the frozen part of a model, a row a text. */
export type RowStore = RowFile;

export interface StoreLimits extends RowFileOptions {
  /** The most bytes that rows may take in memory; more go to the file. */
  readonly memoryBytes: number;
  /** The scratch file. */
  readonly path: string;
}

/** The most floats of one piece of memory. */
const PIECE = 2 ** 24;

function memoryStore(lengths: readonly number[]): RowStore {
  const rows: (Float32Array | undefined)[] = lengths.map(() => undefined);
  let [piece, used] = [new Float32Array(0), 0];
  const place = (length: number): Float32Array => {
    if (used + length > piece.length) [piece, used] = [new Float32Array(Math.max(length, PIECE)), 0];
    used += length;
    return piece.subarray(used - length, used);
  };
  return {
    write: (row, data) => {
      const kept = place(data.length);
      kept.set(data);
      rows[row] = kept;
    },
    readInto: (row, target) => {
      const kept = rows[row];
      if (kept === undefined) throw new RangeError(`row ${row} has not been written`);
      target.set(kept);
    },
    dispose: async () => {
      rows.length = 0;
    },
  };
}

/**
 * A place for rows of these lengths: memory while they fit and are wanted in full precision, else one file.
 *
 * @throws ModelFileError where the file cannot be made
 */
export function openRowStore(lengths: readonly number[], { memoryBytes, path, precision }: StoreLimits): RowStore {
  const bytes = lengths.reduce((sum, length) => sum + 4 * length, 0);
  if (bytes <= memoryBytes && precision !== 'float16') return memoryStore(lengths);
  return createRowFile(path, lengths, { precision: precision ?? 'float32' });
}
