import { checkTaskNames, taskParameterSpecs } from '@sentence-mtl/heads';
import { replaceModelFolder, writeHead, writeTaskManifest } from '@sentence-mtl/model-files';
import { checkedParameters } from '../parameter-at.ts';
import { writeSentenceModel } from '../write-sentence-model.ts';
import { headWeights } from './head-weights.ts';
import { embeddingSizes, type TaskModel } from './task-model.ts';

/**
 * Writes a model as a folder that `readTaskModel` reads with bitwise the same parameters, and that Python's
 * sentence-transformers loads as the encoder it is: heads stand beside its modules, not among them. The folder is
 * written whole or not at all, in place of the model that was there.
 *
 * @throws ArgumentError where a parameter is missing or of another shape
 * @throws ModelFileError where the folder cannot be written, or holds something that is no model
 */
export async function writeTaskModel(folder: string, model: TaskModel): Promise<void> {
  const { config, tasks, parameters, provenance } = model;
  const names = Object.keys(tasks);
  checkTaskNames(names);
  const sizes = embeddingSizes(config);
  const heads = Object.entries(tasks).map(([name, task]) => {
    const own = checkedParameters(taskParameterSpecs(name, task, sizes), parameters);
    return { name, files: { config: { ...task }, weights: headWeights(own, name) } };
  });
  await replaceModelFolder(folder, async (place) => {
    await writeSentenceModel(place, model);
    for (const { name, files } of heads) await writeHead(place, name, files);
    await writeTaskManifest(place, { tasks: names, provenance });
  });
}
