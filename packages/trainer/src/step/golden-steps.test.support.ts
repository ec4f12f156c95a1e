// Recorded steps taken again, by the step of the trainer.
import type { Parameters } from '@sentence-mtl/core';
import { allStages, planFreezing, trainedPaths, type FreezeStrategy } from '@sentence-mtl/freeze-strategies';
import { schedule, type Optimizer } from '@sentence-mtl/optim';
import type { Engine } from '@sentence-mtl/program';
import {
  largestDifference,
  markBlownUp,
  sentenceConfig,
  textsOf,
  type BlownUp,
  type GoldenModel,
  type GoldenRun,
  type LabelledBatch,
} from '@sentence-mtl/two-head-model';
import { completeSettings } from '../check-settings.ts';
import type { TrainingModel } from '../training-model.ts';
import { createOptimizer } from './create-optimizer.ts';
import { labelledFeeds } from './labelled-feeds.ts';
import { learningRates } from './learning-rates.ts';
import { StepProgram, type StepLosses } from './step-program.ts';

const TOLERANCE = 1e-5;
/** How many batches are recorded: steps take them in turn. */
export const BATCHES = 5;
const SETTINGS = completeSettings({
  learningRate: 2e-3,
  headLearningRate: 1e-2,
  schedule: { kind: 'linear', warmup: { steps: 2 } },
  dropout: 0,
});

/** A recorded model as the trainer trains it. */
export async function trainingModel({ config, parameters }: GoldenModel): Promise<TrainingModel> {
  return { config: await sentenceConfig(config.encoder), tasks: config.tasks, parameters };
}

/** A recorded batch as the trainer feeds it; a row without a label is fed too, and counts in no loss. */
export function feedsOf(batch: LabelledBatch, { config }: TrainingModel): ReturnType<typeof labelledFeeds> {
  return labelledFeeds({ texts: textsOf(batch, config.encoder), labels: batch.labels });
}

/** Losses and gradients of batches, whose mean is recorded: that of each batch's own means. */
async function meanStep(
  program: StepProgram,
  optimizer: Optimizer,
  trained: readonly string[],
  batches: readonly ReturnType<typeof labelledFeeds>[],
  lossWeights: readonly number[],
): Promise<StepLosses> {
  const share = 1 / batches.length;
  const sums = new Map(
    trained.map((path) => [path, new Float32Array(optimizer.gradients.get(path)?.data.length ?? 0)]),
  );
  let loss = 0;
  const taskLosses: Record<string, number> = {};
  for (const feeds of batches) {
    const weights = lossWeights.map((weight) => weight * share);
    const got = await program.run({ ...feeds, lossWeights: weights, dropoutKeys: [] });
    loss += got.loss;
    for (const [task, value] of Object.entries(got.taskLosses))
      taskLosses[task] = (taskLosses[task] ?? 0) + value * share;
    for (const [path, sum] of sums) {
      optimizer.gradients.get(path)?.data.forEach((value, index) => (sum[index] = (sum[index] ?? 0) + value));
    }
  }
  for (const [path, sum] of sums) optimizer.gradients.get(path)?.data.set(sum);
  return { loss, taskLosses };
}

interface Trainer {
  readonly optimizer: Optimizer;
  /** Enters a step; the paths that train in it. */
  readonly enter: (step: number) => readonly string[];
  readonly rateAt: (path: string, step: number) => number;
}

/** The trainer's optimizer, and which parameters train at a step. */
function trainerOf(model: TrainingModel, strategy: FreezeStrategy): Trainer {
  const plan = planFreezing(strategy, { parameters: model.parameters, layerCount: model.config.encoder.layerCount });
  const ever = new Set(allStages(plan).flatMap((stage) => trainedPaths(plan.labels(stage))));
  let labels = plan.labels(allStages(plan)[0] ?? []);
  const factor = schedule(SETTINGS.schedule, 20);
  const rates = learningRates(model, SETTINGS);
  const optimizer = createOptimizer(
    model,
    { everTrains: (path) => ever.has(path), labels: () => labels, rates, schedule: factor },
    SETTINGS,
  );
  const enter = (step: number): readonly string[] => {
    labels = plan.labels(plan.stageAt({ step, epoch: 0, history: [] }));
    return trainedPaths(labels);
  };
  const rateAt = (path: string, step: number): number => rates(path) * factor(step);
  return { optimizer, enter, rateAt };
}

type Recorded = GoldenRun['steps'][number];

const numbersOf = ({ loss, task_losses, grad_norm, parameters_with_grad, lr_encoder, lr_heads }: Recorded) => [
  loss,
  ...Object.values(task_losses),
  grad_norm,
  parameters_with_grad,
  lr_encoder,
  lr_heads,
];

/** What a run of the trainer's steps gave, beside what is recorded. */
export interface ReplayedRun {
  /** Steps whose numbers are not the recorded ones. */
  readonly differing: readonly unknown[];
  readonly initial: Parameters;
  readonly final: Parameters;
  readonly marks: BlownUp;
}

/** Takes the first steps of a recorded run with the trainer's program, optimizer, rates and freezing. */
export async function replayRun(
  engine: Engine,
  golden: GoldenModel,
  run: GoldenRun,
  strategy: FreezeStrategy,
  steps: number,
): Promise<ReplayedRun> {
  const given = await trainingModel(golden);
  const { optimizer, enter, rateAt } = trainerOf(given, strategy);
  const model = { ...given, parameters: optimizer.parameters };
  const weights = Object.values(golden.lossWeights);
  const accumulation = run.settings.accumulation ?? 1;
  const [marks, differing]: [BlownUp, unknown[]] = [new Map(), []];
  let [compiled, program]: [string, StepProgram | undefined] = ['', undefined];
  for (const [step, expected] of run.steps.slice(0, steps).entries()) {
    const trained = enter(step);
    if (trained.join() !== compiled || program === undefined) {
      await program?.[Symbol.asyncDispose]();
      program = await StepProgram.compile(engine, model, optimizer, { start: { kind: 'tokens' }, trained }, false);
      compiled = trained.join();
    }
    const batches = Array.from({ length: accumulation }, (_, i) => golden.batches[(step * accumulation + i) % BATCHES]);
    const feeds = batches.flatMap((batch) => (batch === undefined ? [] : [feedsOf(batch, model)]));
    const got = await meanStep(program, optimizer, trained, feeds, weights);
    const { globalNorm = NaN } = program.update();
    const rates = [rateAt('encoder.layers.0.attention.query.weight', step), rateAt('heads.a.output.weight', step)];
    const values = [got.loss, ...Object.values(got.taskLosses), globalNorm, trained.length, ...rates];
    if (!(largestDifference(values, numbersOf(expected)) < TOLERANCE)) differing.push({ step, values, expected });
    markBlownUp(optimizer, marks);
  }
  await program?.[Symbol.asyncDispose]();
  return { differing, final: optimizer.parameters, marks, initial: given.parameters };
}
