// The training loop. Everything it uses is passed in or made once by `prepareRun`; what a step is made of stands in `step/`,
// what a run leaves behind in `run/`.
import { setImmediate } from 'node:timers/promises';
import { finishStep, type StepOutcome } from './loop/finish-step.ts';
import { isDue } from './loop/is-due.ts';
import { prepareRun } from './loop/prepare-run.ts';
import type { Run } from './loop/run.ts';
import type { TrainOptions, TrainingResult } from './loop/train-options.ts';
import type { EndReason } from './events.ts';

/** Whether the run ends before its next step. */
function endOf(run: Run): EndReason | undefined {
  const { plan, settings } = run;
  if (run.state.step >= plan.totalSteps) return 'completed';
  if (settings.patience !== null && (run.best?.waited ?? 0) >= settings.patience) return 'earlyStopped';
  return run.signal?.aborted === true ? 'aborted' : undefined;
}

async function oneStep(run: Run): Promise<void> {
  const planned = run.plan.stepAt(run.state.step);
  const stage = await run.stage();
  const outcome: StepOutcome = await run.step(stage, planned);
  await finishStep(run, planned, outcome);
  const done = { step: run.state.step, endsEpoch: planned.endsEpoch, last: run.state.step === run.plan.totalSteps };
  if (run.evaluates && isDue(run.settings.evaluateEvery, done)) await run.evaluate(stage, planned.epoch);
  if (isDue(run.settings.checkpointEvery, done)) await run.checkpoint();
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
  run.begin();
  let reason = endOf(run);
  while (reason === undefined) {
    await oneStep(run);
    await setImmediate();
    reason = endOf(run);
  }
  return await run.end(reason);
}
