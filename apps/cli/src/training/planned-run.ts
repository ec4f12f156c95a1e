import { checkpointSteps } from '@sentence-mtl/trainer';
import type { CommandContext } from '../command-line/command-context.ts';
import { InterruptedError, UsageError } from '../command-line/errors.ts';
import { countText } from '../command-line/progress-line.ts';
import { shellWords } from '../command-line/shell-words.ts';
import { isRunFolder, readRunSettings, settingsOf } from '../config/run-settings.ts';
import type { FlagValues } from '../config/setting-flags.ts';
import type { Settings } from '../config/settings.ts';
import { checkFreeFolder } from './check-free-folder.ts';

/** What a command line says of a run. */
export interface TrainValues extends FlagValues {
  readonly data: readonly string[];
  readonly out: string | undefined;
  readonly config: string | undefined;
  readonly resume: string | undefined;
}

/** A run that is to begin, or to go on. */
export interface PlannedRun {
  /** Absolute. */
  readonly folder: string;
  /** As it was typed. */
  readonly name: string;
  readonly settings: Settings;
  readonly isResumed: boolean;
}

/** What goes on with a run. Rows that came by standard input are not kept, and must come again. */
export function goOn({ name, settings: { train, validation, test } }: Pick<PlannedRun, 'name' | 'settings'>): string {
  const line = shellWords(['sentence-mtl', 'train', '--resume', name]);
  return [...train, ...validation, ...test].includes('-') ? `${line}\nwith the same rows on standard input` : line;
}

function checkResumedAlone({ data, ...flags }: TrainValues): void {
  const given = Object.entries(flags).filter(([name, value]) => name !== 'resume' && value !== undefined);
  if (given.length === 0 && data.length === 0) return;
  throw new UsageError(
    'a run goes on with the settings that it was begun with: --resume RUN takes no files and no other settings',
  );
}

/**
 * The run that a command line asks for.
 *
 * @throws UsageError where the folder has a run already, or something else that a run would write over, or none is named
 * @throws ConfigError where the settings are broken
 */
export async function planRun(values: TrainValues, context: CommandContext): Promise<PlannedRun> {
  const { data, out, config, resume, ...flags } = values;
  if (resume !== undefined) {
    checkResumedAlone(values);
    const folder = context.resolve(resume);
    if (!(await isRunFolder(folder))) {
      throw new UsageError(`there is no run in ${resume}: --resume takes the folder that train --out has made`);
    }
    return { folder, name: resume, settings: await readRunSettings(folder), isResumed: true };
  }
  if (out === undefined) throw new UsageError('--out RUN is missing: name a folder for the run');
  const settings = await settingsOf({ config, flags, train: data }, context);
  const folder = context.resolve(out);
  const steps = (await checkpointSteps(folder)).at(-1);
  if (steps !== undefined) {
    throw new UsageError(
      `${out} holds a run of ${countText(steps, 'step')}; go on with it, or name another folder:\n  ${goOn({ name: out, settings })}`,
    );
  }
  await checkFreeFolder(folder, out);
  return { folder, name: out, settings, isResumed: false };
}

/** What to say where a signal has ended a training. */
export async function stopped(run: PlannedRun, cause?: unknown): Promise<InterruptedError> {
  const step = (await checkpointSteps(run.folder)).at(-1);
  const message =
    step === undefined
      ? 'stopped before the first step, and nothing is lost: the same command line begins again'
      : `stopped after step ${step}; go on with:\n  ${goOn(run)}`;
  return new InterruptedError(message, { cause });
}
