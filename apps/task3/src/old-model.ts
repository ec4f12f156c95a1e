import { freezeEncoder } from '@sentence-mtl/freeze-strategies';
import { createTaskModel, writeTaskModel, type SentenceModel } from '@sentence-mtl/model';
import type { Engine } from '@sentence-mtl/program';
import { experimentData, type DataOptions } from './experiment-data.ts';
import { GENERAL, OLD_TASK } from './scenarios.ts';
import { trainTasks } from './train-tasks.ts';

/** Heads on fixed embeddings learn in seconds. */
const EPOCHS = 10;

/** Writes the model that the scenarios begin with: a published encoder, and a head of the old task, which alone was trained. */
export async function writeOldModel(
  folder: string,
  encoder: SentenceModel,
  data: DataOptions,
  context: { readonly engine: Engine; readonly scratch: string },
): Promise<void> {
  const tasks = await experimentData(GENERAL, data);
  const old = tasks[OLD_TASK];
  if (old === undefined) throw new RangeError(`there is no data of ${OLD_TASK}`);
  const { seed } = data;
  const plan = { freezing: freezeEncoder(), tasks: [OLD_TASK], epochs: EPOCHS, seed };
  const { model } = await trainTasks(createTaskModel(encoder, { [OLD_TASK]: old.task }, seed), tasks, plan, context);
  await writeTaskModel(folder, model);
}
