import type { EndReason } from '../events.ts';
import type { Run } from './run.ts';
import { saveCheckpoint } from './save-checkpoint.ts';
import { saveModel } from './save-model.ts';
import type { TrainingResult } from './train-options.ts';

/** Keeps what the run has come to: a checkpoint and, where no evaluation has told which model is best, the last one. */
export async function endRun(run: Run, reason: EndReason): Promise<TrainingResult> {
  const { model, folder, tell } = run.parts;
  await saveCheckpoint(run);
  if (run.best === undefined && reason !== 'aborted') await saveModel(run);
  const { step, history } = run.state;
  tell({ kind: 'finished', step, reason });
  const best = run.best === undefined ? undefined : { step: run.best.step, value: run.best.value };
  return { reason, step, history, best, modelFolder: folder.modelFolder, parameters: model.parameters };
}
