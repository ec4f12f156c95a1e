import { join } from 'node:path';
import {
  entryNames,
  folderNames,
  LineLog,
  readJsonIfPresent,
  readJsonObject,
  removeFolder,
  replaceFolder,
  restoreFolder,
  writeAtomically,
} from '@sentence-mtl/model-files';
import { CheckpointError } from '../errors.ts';
import { checkpointName, readCheckpoint, stepOfName, writeCheckpoint, type CheckpointContent } from './checkpoint.ts';
import { checkFingerprint, type Fingerprint } from './fingerprint.ts';

/** Where to go on: at the last checkpoint, or at that of a step; then later ones, whose logs are cut, go. */
export type ResumePoint = 'last' | { readonly step: number };

const CHECKPOINTS = 'checkpoints';

/** The folder of a run: config.json, metrics.jsonl, timing.jsonl, checkpoints/ and model/. */
export class RunFolder {
  readonly path: string;
  readonly #metrics: LineLog;
  readonly #timing: LineLog;

  private constructor(path: string, metrics: LineLog, timing: LineLog) {
    this.path = path;
    this.#metrics = metrics;
    this.#timing = timing;
  }

  /**
   * Begins a run.
   *
   * @throws CheckpointError where the folder holds a run already, or a model
   */
  static async begin(path: string, config: unknown): Promise<RunFolder> {
    await checkFree(path);
    await removeFolder(join(path, 'model'));
    await writeAtomically(join(path, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
    return RunFolder.#open(path, 0, 0);
  }

  /**
   * Goes on with a run.
   *
   * @throws CheckpointError where there is no checkpoint, or it is damaged (then the one before is offered) or of a run
   *   that is made of something else
   */
  static async resume(
    path: string,
    point: ResumePoint,
    expected: Fingerprint,
  ): Promise<{ readonly folder: RunFolder; readonly checkpoint: CheckpointContent }> {
    const steps = await checkpointSteps(path);
    const step = point === 'last' ? steps.at(-1) : point.step;
    if (step === undefined || !steps.includes(step)) {
      const known = steps.length === 0 ? 'it has none' : `it has those of steps ${steps.join(', ')}`;
      throw new CheckpointError(`${path} has no checkpoint${step === undefined ? '' : ` of step ${step}`}; ${known}`);
    }
    const checkpoint = await readOffering(path, step, steps);
    checkFingerprint(checkpoint.fingerprint, expected, checkpointFolder(path, step));
    for (const later of steps.filter((each) => each > step).toReversed()) await removeCheckpoint(path, later);
    await restoreFolder(join(path, 'model'));
    return { folder: await RunFolder.#open(path, checkpoint.state.metricsBytes), checkpoint };
  }

  static async #open(path: string, metricsBytes: number, timingBytes?: number): Promise<RunFolder> {
    const metrics = await LineLog.open(join(path, 'metrics.jsonl'), metricsBytes);
    return new RunFolder(path, metrics, await LineLog.open(join(path, 'timing.jsonl'), timingBytes));
  }

  get metricsBytes(): number {
    return this.#metrics.bytes;
  }

  get modelFolder(): string {
    return join(this.path, 'model');
  }

  /** A file for what a run need not keep. */
  scratchFile(name: string): string {
    return join(this.path, name);
  }

  /** A line of what every run of the same settings gives alike. */
  async logMetrics(record: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#metrics.append(JSON.stringify(record));
  }

  /** A line of times, rates and dates, which differ from run to run. */
  async logTiming(record: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#timing.append(JSON.stringify(record));
  }

  /** Writes a checkpoint, then removes the oldest beyond `keep`. Returns its folder. */
  async saveCheckpoint(content: CheckpointContent, keep: number): Promise<string> {
    await this.#metrics.sync();
    const folder = checkpointFolder(this.path, content.state.step);
    await writeCheckpoint(folder, content);
    const steps = await checkpointSteps(this.path);
    for (const step of steps.slice(0, -keep)) await removeCheckpoint(this.path, step);
    return folder;
  }

  /** Writes model/ anew, whole or not at all. */
  async saveModel(write: (folder: string) => Promise<void>): Promise<void> {
    await replaceFolder(this.modelFolder, write);
  }

  async close(): Promise<void> {
    await this.#metrics.close();
    await this.#timing.close();
  }
}

/** The steps that a run has checkpoints of, in order. */
export async function checkpointSteps(path: string): Promise<readonly number[]> {
  const names = await folderNames(join(path, CHECKPOINTS));
  return names.flatMap((name) => stepOfName(name) ?? []).toSorted((a, b) => a - b);
}

const checkpointFolder = (path: string, step: number): string => join(path, CHECKPOINTS, checkpointName(step));

const removeCheckpoint = async (path: string, step: number): Promise<void> =>
  removeFolder(checkpointFolder(path, step));

/** What a run's config.json has and no other file of this name. */
const isRunConfig = (config: unknown): boolean =>
  typeof config === 'object' && config !== null && 'fingerprint' in config && 'freezingTable' in config;

/** What a run writes over when it begins. */
const OVERWRITTEN = ['config.json', 'metrics.jsonl', 'timing.jsonl', 'model'];

/** @throws CheckpointError where a run would write over something: another run, a model, files of these names */
async function checkFree(path: string): Promise<void> {
  const step = (await checkpointSteps(path)).at(-1);
  if (step !== undefined) {
    throw new CheckpointError(
      `${path} holds a run of ${step} steps; go on with it by resuming, or choose another folder`,
    );
  }
  const taken = (await entryNames(path)).find((name) => OVERWRITTEN.includes(name));
  if (isRunConfig(await readJsonIfPresent(join(path, 'config.json')))) return; // It ended before its first checkpoint.
  if (taken === undefined) return;
  throw new CheckpointError(
    `${path} has a ${taken} that is not of a run; nothing in it is overwritten: choose another folder`,
  );
}

async function readOffering(path: string, step: number, steps: readonly number[]): Promise<CheckpointContent> {
  try {
    return await readCheckpoint(checkpointFolder(path, step));
  } catch (error) {
    const before = steps.findLast((each) => each < step);
    if (!(error instanceof CheckpointError) || before === undefined) throw error;
    throw new CheckpointError(`${error.message}; the checkpoint before it is that of step ${before}`, { cause: error });
  }
}

/** The settings that a run was begun with, as its config.json has them. */
export async function readRunConfig(path: string): Promise<Readonly<Record<string, unknown>>> {
  return readJsonObject(join(path, 'config.json'));
}
