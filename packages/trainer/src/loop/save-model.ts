import { writeTaskModel } from '@sentence-mtl/model';
import type { Run } from './run.ts';

/** Writes the model as it is now, with what it was trained on and how. @throws ModelFileError where it cannot */
export async function saveModel({ parts, state }: Run): Promise<void> {
  const { options, model, fingerprint, folder } = parts;
  const { writeModel = writeTaskModel } = options;
  const provenance = { ...options.provenance, trainedFor: state.step, madeOf: fingerprint };
  const { config, tasks, parameters } = model;
  await folder.saveModel((into) => writeModel(into, { config, tasks, parameters, notices: [], provenance }));
}
