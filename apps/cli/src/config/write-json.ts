import { writeAtomically } from '@sentence-mtl/model-files';

/** Writes a value as JSON that people can read, whole or not at all. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
}
