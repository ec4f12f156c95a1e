// The settings of a run: defaults, overridden by a config file, overridden by flags; and train.json, where they are kept.
import { join } from 'node:path';
import type { CommandContext } from '../command-line/command-context.ts';
import { isThere } from '../files/path-kinds.ts';
import { checkFlags, givenByFlags, withAbsolutePaths, type FlagValues } from './setting-flags.ts';
import { readSettingsFile } from './settings-file.ts';
import { settingsSchema, type Settings } from './settings.ts';
import { writeJson } from './write-json.ts';

/** In the folder of a run. */
export const RUN_SETTINGS = 'train.json';

export interface GivenSettings {
  /** A config file, as it was typed. */
  readonly config: string | undefined;
  readonly flags: FlagValues;
  /** Training files, as they were typed. */
  readonly train: readonly string[];
}

/**
 * All settings, with absolute paths.
 *
 * @throws UsageError for a flag with a value that it does not take
 * @throws ConfigError where the file is broken
 */
export async function settingsOf(
  { config, flags, train }: GivenSettings,
  context: Pick<CommandContext, 'resolve'>,
): Promise<Settings> {
  const given = givenByFlags(flags, train);
  checkFlags(given);
  const ofFile = config === undefined ? {} : await readSettingsFile(context.resolve(config));
  return settingsSchema.parse({ ...ofFile, ...(await withAbsolutePaths(given, context)) });
}

/** Whether a folder is that of a run. */
export async function isRunFolder(folder: string): Promise<boolean> {
  return isThere(join(folder, RUN_SETTINGS));
}

/** The settings that a run was begun with. @throws ConfigError where there is none, or it is broken */
export async function readRunSettings(folder: string): Promise<Settings> {
  return settingsSchema.parse(await readSettingsFile(join(folder, RUN_SETTINGS)));
}

/** Writes all settings of a run, so that `--config` with this file gives the same bytes. */
export async function writeRunSettings(folder: string, settings: Settings): Promise<void> {
  await writeJson(join(folder, RUN_SETTINGS), settings);
}
