import { join } from 'node:path';
import { writeAtomically } from '@sentence-mtl/model-files';
import { PYTHON_SCRIPT, PYTHON_SCRIPT_TEXT } from './python-script.ts';

/**
 * Writes a script into the folder of a model, with which Python runs its tasks: sentence-transformers encodes, numpy does
 * what heads do.
 *
 * @returns the script's path
 * @throws ModelFileError where it cannot be written
 */
export async function writePythonScript(folder: string): Promise<string> {
  const path = join(folder, PYTHON_SCRIPT);
  await writeAtomically(path, PYTHON_SCRIPT_TEXT);
  return path;
}
