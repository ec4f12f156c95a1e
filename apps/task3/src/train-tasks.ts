import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FreezeStrategy } from '@sentence-mtl/freeze-strategies';
import type { ClassificationTask } from '@sentence-mtl/heads';
import { addTask, removeTask, type TaskModel } from '@sentence-mtl/model';
import type { Engine } from '@sentence-mtl/program';
import { train, type TrainingEvent } from '@sentence-mtl/trainer';
import type { TaskData } from './experiment-data.ts';

export type ClassificationModel = TaskModel<Readonly<Record<string, ClassificationTask>>>;
type Data = Readonly<Record<string, TaskData>>;

export interface TrainingPlan {
  readonly freezing: FreezeStrategy;
  /** The tasks whose texts are trained on. */
  readonly tasks: readonly string[];
  readonly epochs: number;
  readonly seed: number;
}

export interface TrainingCost {
  /** In the stage in which the most train. */
  readonly trainedParameters: number;
  /** The steps', and the computing of what frozen layers give, over the epochs. */
  readonly secondsPerEpoch: number;
}

/** The model with a fresh head for each task of the data that it has none of. */
export function withHeadsFor(model: ClassificationModel, data: Data, seed: number): ClassificationModel {
  const missing = Object.entries(data).filter(([name]) => !Object.hasOwn(model.tasks, name));
  return missing.reduce<TaskModel>(
    (all, [name, { task }]) => addTask(all, name, task, seed),
    model,
  ) as ClassificationModel;
}

/** The model with those of its tasks only. */
function withOnly(model: ClassificationModel, tasks: readonly string[]): ClassificationModel {
  const others = Object.keys(model.tasks).filter((name) => !tasks.includes(name));
  return others.reduce<TaskModel>(removeTask, model) as ClassificationModel;
}

/** Adds up what a run tells of its cost. */
function costMeter(epochs: number): {
  readonly hear: (event: TrainingEvent) => void;
  readonly cost: () => TrainingCost;
} {
  let [seconds, trainedParameters] = [0, 0];
  return {
    hear: (event) => {
      if (event.kind === 'step' || event.kind === 'prefixCached') seconds += event.seconds;
      if (event.kind === 'stage') trainedParameters = Math.max(trainedParameters, event.trainedParameters);
    },
    cost: () => ({ trainedParameters, secondsPerEpoch: seconds / epochs }),
  };
}

/** Trains some tasks of a model on data, in a scratch folder; the heads of its other tasks stay as they are. */
export async function trainTasks(
  model: ClassificationModel,
  data: Data,
  { freezing, tasks, epochs, seed }: TrainingPlan,
  { engine, scratch }: { readonly engine: Engine; readonly scratch: string },
): Promise<{ readonly model: ClassificationModel; readonly cost: TrainingCost }> {
  const folder = join(scratch, 'run');
  const { hear, cost } = costMeter(epochs);
  const { parameters } = await train({
    engine,
    model: withOnly(model, tasks),
    training: tasks.flatMap((task) => data[task]?.training ?? []),
    folder,
    settings: { seed },
    steps: { length: { epochs } },
    freezing,
    onEvent: hear,
    clock: () => performance.now(),
  });
  await rm(folder, { recursive: true });
  return { model: { ...model, parameters: new Map([...model.parameters, ...parameters]) }, cost: cost() };
}
