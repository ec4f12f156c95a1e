import { createTaskModel, MultiTaskModel, type SentenceModel, type TaskModel } from '@sentence-mtl/model';
import type { ClassificationTask } from '@sentence-mtl/heads';
import type { Engine } from '@sentence-mtl/program';
import { train, type Example, type TrainingEvent, type TrainOptions } from '@sentence-mtl/trainer';
import { peakMemoryMb } from './machine.ts';
import { ScratchFolder } from './scratch-folder.ts';

type ClassModel = TaskModel<Readonly<Record<string, ClassificationTask>>>;
type StepEvent = Extract<TrainingEvent, { readonly kind: 'step' }>;

/** What is measured of a run. */
export interface TimedTraining {
  /** Tokens, labels and programs: from the call to the first step, what frozen layers give included. */
  readonly readySeconds: number;
  /** From the first step to the end of the last, all that lies between steps included. */
  readonly loopSeconds: number;
  readonly steps: readonly StepEvent[];
  /** Of the process, until the end of training. */
  readonly peakMemoryMb: number;
  readonly model: ClassModel;
}

/** Trains in a scratch folder, without evaluating, and tells the times that a person would wait. */
export async function timedTraining(
  encoder: SentenceModel,
  tasks: Readonly<Record<string, ClassificationTask>>,
  seed: number,
  options: Omit<TrainOptions, 'model' | 'folder' | 'clock'>,
  onStep: () => void = () => undefined,
): Promise<TimedTraining> {
  using scratch = new ScratchFolder();
  const model = createTaskModel(encoder, tasks, seed);
  const began = performance.now();
  let [ready, ended] = [began, began];
  let memory = 0;
  const steps: StepEvent[] = [];
  const onEvent = (event: TrainingEvent): void => {
    if (event.kind === 'stage' || event.kind === 'prefixCached') ready = performance.now();
    if (event.kind !== 'step') return;
    steps.push(event);
    ended = performance.now();
    memory = peakMemoryMb();
    onStep();
  };
  const { parameters } = await train({
    ...options,
    model,
    folder: scratch.path,
    onEvent,
    clock: () => performance.now(),
  });
  const [readySeconds, loopSeconds] = [(ready - began) / 1000, (ended - ready) / 1000];
  return { readySeconds, loopSeconds, steps, peakMemoryMb: memory, model: { ...model, parameters } };
}

/** The share of texts whose label is predicted, of each task. */
export async function testAccuracy(
  model: ClassModel,
  examples: readonly Example[],
  engine: Engine,
): Promise<Readonly<Record<string, number>>> {
  await using running = new MultiTaskModel(model, { engine });
  const predicted = await running.predict(examples.map(({ texts: [text = ''] }) => text));
  const shares = Object.keys(model.tasks).map((task) => {
    const right = examples.filter(({ labels }, row) => predicted[row]?.[task]?.label === labels[task]).length;
    return [task, Math.round((right / examples.length) * 1e4) / 1e4] as const;
  });
  return Object.fromEntries(shares);
}
