import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface ModelFile {
  /** Inside the model's folder. */
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Deeper than a model folder goes. */
const DEPTH = 3;

/** The files of a model's folder and the folders in it, by name. */
export async function modelFilesIn(folder: string, inside = '', depth: number = DEPTH): Promise<readonly ModelFile[]> {
  const names = (await readdir(join(folder, inside))).toSorted();
  const found = await Promise.all(
    names.map(async (name) => {
      const path = inside === '' ? name : `${inside}/${name}`;
      const entry = await stat(join(folder, path)).catch(() => undefined);
      if (entry?.isDirectory() === true) return depth > 1 ? modelFilesIn(folder, path, depth - 1) : [];
      return entry === undefined ? [] : [{ path, bytes: entry.size, modified: entry.mtimeMs }];
    }),
  );
  return found.flat();
}

/** A model as it is now, to be known again: where its configs, tokenizer or weights change, it is another. */
export async function modelVersion(folder: string): Promise<string> {
  const read = (await modelFilesIn(folder)).filter(({ path }) => /\.(json|txt|safetensors)$/.test(path));
  const bytes = read.reduce((sum, file) => sum + file.bytes, 0);
  const modified = new Date(Math.max(0, ...read.map((file) => file.modified)));
  return `${folder} of ${bytes} bytes, changed ${modified.toISOString()}`;
}
