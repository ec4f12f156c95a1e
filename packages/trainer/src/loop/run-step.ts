import type { PlannedStep } from '@sentence-mtl/data';
import { dropoutKey } from '@sentence-mtl/program';
import type { BalancingMethod, BalancingState, ByTask } from '@sentence-mtl/task-balancing';
import { cutStep, type Cut } from '../batch/cut.ts';
import { labelledExamples, microBatch, stepLabels, type NamedTensors } from '../batch/micro-batch.ts';
import type { PreparedExamples } from '../batch/prepared-examples.ts';
import type { StepFeeds, StepLosses } from '../step/step-program.ts';
import type { StepOutcome } from './finish-step.ts';
import type { StageRunner } from './stage-runner.ts';

/** Micro-batches of a step that have masks of their own. */
const MOST_CUTS = 4096;

export interface StepRun {
  /** Steps done before it. */
  readonly step: number;
  readonly seed: number;
  readonly prepared: PreparedExamples;
  readonly taskNames: readonly string[];
  readonly balancing: BalancingMethod;
  readonly balancingState: BalancingState;
  /** Undefined where steps may not be cut. */
  readonly tokenBudget: number | undefined;
  /** Milliseconds. */
  readonly clock: () => number;
}

function problemOf({ loss, taskLosses }: StepLosses, gradientsAreFinite: boolean): string | undefined {
  const bad = Object.entries(taskLosses).find(([, value]) => !Number.isFinite(value));
  if (bad !== undefined) return `the loss of task "${bad[0]}" is ${bad[1]}`;
  if (!Number.isFinite(loss)) return `the loss is ${loss}`;
  return gradientsAreFinite ? undefined : 'the gradients are not finite numbers';
}

async function feedsOf(
  stage: StageRunner,
  { prepared }: StepRun,
  cuts: readonly Cut[],
): Promise<readonly NamedTensors[]> {
  const { tasks } = stage;
  const feeds: NamedTensors[] = [];
  for (const { examples, width } of cuts) {
    const batch = microBatch(prepared, examples, tasks);
    feeds.push({ ...(await stage.training.feeds(batch.texts, width)), ...batch.feeds });
  }
  return feeds;
}

const tokensOf = (feeds: readonly NamedTensors[]): number =>
  feeds.reduce((sum, { attentionMask }) => sum + (attentionMask?.data.length ?? 0), 0);

function labelledCounts({ prepared, taskNames }: StepRun, examples: readonly number[]): ByTask<number> {
  const counts = taskNames.map((task) => {
    const labels = prepared.tasks.get(task);
    return [task, labels === undefined ? 0 : labelledExamples(labels, examples).length] as const;
  });
  return Object.fromEntries(counts);
}

/** Weights of a method that needs the losses first: one more pass, whose gradients are those of weights of 0. */
async function weightsAfterLosses(
  stage: StageRunner,
  feeds: Omit<StepFeeds, 'lossWeights'>,
  run: StepRun,
  labelled: ByTask<number>,
): Promise<ByTask<number>> {
  const { balancing, balancingState, taskNames, step } = run;
  const { taskLosses } = await stage.steps.run({ ...feeds, lossWeights: taskNames.map(() => 0) });
  if (problemOf({ loss: 0, taskLosses }, true) !== undefined)
    return Object.fromEntries(taskNames.map((task) => [task, 1]));
  return balancing.weigh({ step, labelledCounts: labelled, losses: taskLosses }, balancingState).weights;
}

/** Losses, gradients and the update of one step. Where something is not a finite number, nothing is updated. */
export async function runStep(stage: StageRunner, { examples }: PlannedStep, run: StepRun): Promise<StepOutcome> {
  const started = run.clock();
  const { prepared, taskNames, step, balancing, balancingState } = run;
  const cuts = cutStep(prepared, examples, stage.stage.start, run.tokenBudget);
  const feeds = {
    microBatches: await feedsOf(stage, run, cuts),
    labels: stepLabels(prepared, examples),
    dropoutKeys: cuts.map((_, index) => dropoutKey(run.seed, step * MOST_CUTS + index)),
  };
  const labelled = labelledCounts(run, examples);
  const weights =
    balancing.weightsAhead?.({ step, labelledCounts: labelled }, balancingState) ??
    (await weightsAfterLosses(stage, feeds, run, labelled));
  const losses = await stage.steps.run({ ...feeds, lossWeights: taskNames.map((task) => weights[task] ?? 0) });
  const lossesAreFinite = problemOf(losses, true) === undefined;
  const { globalNorm, applied } = lossesAreFinite ? stage.steps.update() : stage.steps.skip();
  return {
    ...losses,
    labelled,
    lossWeights: weights,
    gradientNorm: globalNorm,
    problem: problemOf(losses, applied),
    tokens: tokensOf(feeds.microBatches),
    seconds: (run.clock() - started) / 1000,
  };
}
