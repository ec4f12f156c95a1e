import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../command-line/errors.ts';
import { SETTINGS } from '../config/settings.ts';
import { isThere } from '../files/path-kinds.ts';

/** What a run writes into its folder. */
const RUN_NAMES = [
  'train.json',
  'data.json',
  'rejected.jsonl',
  'config.json',
  'metrics.jsonl',
  'timing.jsonl',
  'checkpoints',
  'model',
  'test.json',
  'results.json',
  'card.json',
  'report.html',
];

/** Whether the first file of a run is there: all settings, of which a config file of a person has some. */
async function isBegun(folder: string): Promise<boolean> {
  try {
    const settings: unknown = JSON.parse(await readFile(join(folder, 'train.json'), 'utf8'));
    return typeof settings === 'object' && settings !== null && Object.keys(SETTINGS).every((name) => name in settings);
  } catch {
    return false;
  }
}

/**
 * Keeps a run from writing over files of a person: `train data.json --out .` would.
 *
 * @param name the folder as it was typed
 * @throws UsageError where something in the folder has a name that a run writes, and is not of a run
 */
export async function checkFreeFolder(folder: string, name: string): Promise<void> {
  if (await isBegun(folder)) return;
  for (const taken of RUN_NAMES) {
    if (!(await isThere(join(folder, taken)))) continue;
    throw new UsageError(
      `${name} has a ${taken} that is not of a run, and a run would write over it: name another folder with --out`,
    );
  }
}
