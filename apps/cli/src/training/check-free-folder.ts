import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entryNames } from '@sentence-mtl/model-files';
import { UsageError } from '../command-line/errors.ts';
import { RUN_SETTINGS } from '../config/run-settings.ts';
import { SETTINGS } from '../config/settings.ts';

/** Whether a folder has the file that a run writes first: all settings, of which a config file of a person has some. */
async function isBegun(folder: string): Promise<boolean> {
  try {
    const settings: unknown = JSON.parse(await readFile(join(folder, RUN_SETTINGS), 'utf8'));
    return typeof settings === 'object' && settings !== null && Object.keys(SETTINGS).every((name) => name in settings);
  } catch {
    return false;
  }
}

/**
 * Keeps a run from writing over files of a person, as `train data.json --out .` would.
 *
 * @param name the folder as it was typed
 * @throws UsageError where there is something in the folder that is not of a run
 */
export async function checkFreeFolder(folder: string, name: string): Promise<void> {
  const [taken] = await entryNames(folder);
  if (taken === undefined || (await isBegun(folder))) return;
  throw new UsageError(
    `${name} has other files in it, such as ${taken}, and a run could write over them: name a new folder with --out`,
  );
}
