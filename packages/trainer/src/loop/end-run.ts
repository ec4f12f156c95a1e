import type { EndReason } from '../events.ts';
import type { Run } from './run.ts';
import { saveCheckpoint } from './save-checkpoint.ts';
import { saveModel } from './save-model.ts';
import type { TrainingResult } from './train-options.ts';

/** Keeps what the run has come to: a checkpoint and, where nothing was evaluated, the last model. */
export async function endRun(run: Run, reason: EndReason): Promise<TrainingResult> {
  const { model, validation, folder, tell } = run.parts;
  await saveCheckpoint(run);
  if (validation === undefined && reason !== 'aborted') await saveModel(run);
  const { step, history } = run.state;
  tell({ kind: 'finished', step, reason });
  const best = run.best === undefined ? undefined : { step: run.best.step, value: run.best.value };
  return { reason, step, history, best, modelFolder: folder.modelFolder, parameters: model.parameters };
}
