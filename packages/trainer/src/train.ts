// The training loop. Everything it uses is passed in or made once by `prepareRun`; what a step is made of stands in `step/`,
// what a run leaves behind in `run/`.
import { setImmediate } from 'node:timers/promises';
import type { EndReason } from './events.ts';
import { beginRun } from './loop/begin-run.ts';
import { endRun } from './loop/end-run.ts';
import { enterStage } from './loop/enter-stage.ts';
import { evaluateRun } from './loop/evaluate-run.ts';
import { isDue } from './loop/is-due.ts';
import { prepareRun } from './loop/prepare-run.ts';
import type { Run } from './loop/run.ts';
import { saveCheckpoint } from './loop/save-checkpoint.ts';
import { takeStep } from './loop/take-step.ts';
import type { TrainingResult, TrainOptions } from './loop/train-options.ts';

/** Whether the run ends before its next step. */
function endOf({ parts: { plan, settings, options }, state, best }: Run): EndReason | undefined {
  if (state.step >= plan.totalSteps) return 'completed';
  if (settings.patience !== null && (best?.waited ?? 0) >= settings.patience) return 'earlyStopped';
  return options.signal?.aborted === true ? 'aborted' : undefined;
}

async function oneStep(run: Run): Promise<void> {
  const { plan, settings, validation } = run.parts;
  const planned = plan.stepAt(run.state.step);
  const stage = await enterStage(run);
  if (stage === undefined) return; // The loop sees that it is aborted.
  await takeStep(run, stage, planned);
  const { step } = run.state;
  const done = { step, endsEpoch: planned.endsEpoch, last: step === plan.totalSteps };
  if (validation !== undefined && isDue(settings.evaluateEvery, done)) await evaluateRun(run, stage, planned.epoch);
  if (isDue(settings.checkpointEvery, done)) await saveCheckpoint(run);
}

/**
 * Trains a model. The folder of the run then holds the best model (the last one where nothing is evaluated), what was
 * measured on the way, and checkpoints to go on from.
 *
 * ```ts
 * const { reason, modelFolder } = await train({ engine, model, training, validation, folder: 'run', clock });
 * ```
 *
 * @throws TrainingDataError, TrainingSettingsError, LabelError, NothingTrainsError before anything is trained
 * @throws CheckpointError where there is nothing to go on from, or it is of another run
 * @throws NonFiniteError where a loss or gradient is not a finite number; earlier checkpoints are as they were
 */
export async function train(options: TrainOptions): Promise<TrainingResult> {
  await using run = await prepareRun(options);
  beginRun(run);
  let reason = endOf(run);
  while (reason === undefined) {
    await oneStep(run);
    await setImmediate();
    reason = endOf(run);
  }
  return await endRun(run, reason);
}
