import type { CheckpointContent } from '../run/checkpoint.ts';
import type { Fingerprint } from '../run/fingerprint.ts';
import { RunFolder } from '../run/run-folder.ts';
import { planRun } from './plan-run.ts';
import { configOf, fingerprintOf, firstState, restoredState, type PlannedRun } from './planned-run.ts';
import { Run } from './run.ts';
import { teller } from './tell.ts';
import type { TrainOptions } from './train-options.ts';

interface OpenedFolder {
  readonly folder: RunFolder;
  /** Where the run goes on. */
  readonly checkpoint?: CheckpointContent;
}

async function openFolder(
  { folder, resume }: TrainOptions,
  planned: PlannedRun,
  fingerprint: Fingerprint,
): Promise<OpenedFolder> {
  if (resume !== undefined) return RunFolder.resume(folder, resume, fingerprint);
  return { folder: await RunFolder.begin(folder, configOf(planned, fingerprint)) };
}

/** Opens a run at its beginning or at a checkpoint, once everything is checked. @throws as `train` says */
export async function prepareRun(options: TrainOptions): Promise<Run> {
  const planned = planRun(options);
  const fingerprint = fingerprintOf(options, planned);
  const { folder, checkpoint } = await openFolder(options, planned, fingerprint);
  const state = checkpoint === undefined ? firstState(planned) : restoredState(checkpoint, planned);
  return new Run({ ...planned, options, fingerprint, folder, tell: teller(options.onEvent) }, state);
}
