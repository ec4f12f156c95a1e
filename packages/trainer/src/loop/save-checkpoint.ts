import { packState } from '@sentence-mtl/optim';
import type { Run } from './run.ts';

/** Writes a checkpoint of the run as it is now, if there is none yet. @throws ModelFileError where it cannot */
export async function saveCheckpoint(run: Run): Promise<void> {
  if (run.savedAt === run.state.step) return;
  const { optimizer, fingerprint, everTrained, settings, model, folder, tell, options } = run.parts;
  const started = options.clock();
  const packed = packState(optimizer.state);
  run.state = { ...run.state, optimizer: packed.record, metricsBytes: folder.metricsBytes };
  const { state } = run;
  const parameters = new Map([...model.parameters].filter(([path]) => everTrained.has(path)));
  const content = { fingerprint, state, parameters, optimizer: packed.tensors };
  const place = await folder.saveCheckpoint(content, settings.keepCheckpoints);
  run.savedAt = state.step;
  const seconds = (options.clock() - started) / 1000;
  tell({ kind: 'checkpoint', step: state.step, folder: place, seconds });
}
