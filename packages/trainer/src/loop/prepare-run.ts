// From what a caller gives to a run that can begin: everything is checked before anything is written or trained.
import { planSteps, type StepPlan } from '@sentence-mtl/data';
import {
  allStages,
  checkTrains,
  describeFreezing,
  planFreezing,
  trainAll,
  trainedPaths,
  type FreezePlan,
  type FreezingTable,
  type ParameterLabels,
} from '@sentence-mtl/freeze-strategies';
import type { Tasks } from '@sentence-mtl/heads';
import type { SentenceTokenizer } from '@sentence-mtl/model';
import { schedule } from '@sentence-mtl/optim';
import { equalWeights } from '@sentence-mtl/task-balancing';
import { prepareExamples, type PreparedExamples } from '../batch/prepared-examples.ts';
import { completeSettings } from '../check-settings.ts';
import { TrainingSettingsError } from '../errors.ts';
import type { CheckpointContent } from '../run/checkpoint.ts';
import type { Fingerprint } from '../run/fingerprint.ts';
import { RunFolder } from '../run/run-folder.ts';
import type { TrainingSettings } from '../settings.ts';
import { createOptimizer } from '../step/create-optimizer.ts';
import { learningRates } from '../step/learning-rates.ts';
import type { TrainingModel } from '../training-model.ts';
import { checkTrainingData } from './check-data.ts';
import { configOf, fingerprintOf, firstState, restoredState, type PlannedRun } from './planned-run.ts';
import { modelDrops, modelOf, tokenizerOf } from './run-model.ts';
import { Run, type RunParts } from './run.ts';
import { mayCut } from './stage.ts';
import { teller } from './tell.ts';
import type { TrainOptions } from './train-options.ts';

/** Tokens of a micro-batch, unless told otherwise: a step of 32 texts of 128 tokens is not cut. */
const USUAL_BUDGET = 4096;
const USUAL_EPOCHS = 3;

function budgetOf(tokenBudget: number | null | undefined, tasks: Tasks): number | undefined {
  if (tokenBudget === null || !mayCut(tasks)) return undefined;
  if (tokenBudget === undefined) return USUAL_BUDGET;
  if (Number.isSafeInteger(tokenBudget) && tokenBudget >= 1) return tokenBudget;
  throw new TrainingSettingsError(`tokenBudget is ${tokenBudget}; a whole number of at least 1 is needed`);
}

async function openFolder(
  options: TrainOptions,
  planned: PlannedRun,
  fingerprint: Fingerprint,
  freezingTable: FreezingTable,
): Promise<{ readonly folder: RunFolder; readonly checkpoint?: CheckpointContent }> {
  if (options.resume !== undefined) return RunFolder.resume(options.folder, options.resume, fingerprint);
  return { folder: await RunFolder.begin(options.folder, configOf(planned, fingerprint, freezingTable)) };
}

function planFreezingOf(options: TrainOptions, model: TrainingModel): FreezePlan {
  const { encoder } = model.config;
  const freezing = planFreezing(options.freezing ?? trainAll(), {
    parameters: model.parameters,
    layerCount: encoder.layerCount,
  });
  checkTrains(freezing);
  return freezing;
}

function prepareBoth(
  options: TrainOptions,
  model: TrainingModel,
  tokenizer: SentenceTokenizer,
): readonly [PreparedExamples, PreparedExamples | undefined] {
  const training = prepareExamples(options.training, model.tasks, tokenizer);
  const validation =
    options.validation === undefined ? undefined : prepareExamples(options.validation, model.tasks, tokenizer);
  checkTrainingData(model.tasks, training, validation);
  return [training, validation];
}

function planOf({ steps }: TrainOptions, { lengths, tasks }: PreparedExamples, { seed }: TrainingSettings): StepPlan {
  const labelled = new Map([...tasks].map(([name, { present }]) => [name, present]));
  return planSteps({ lengths, tasks: labelled }, { length: { epochs: USUAL_EPOCHS }, ...steps, seed });
}

/** Opens a run at its beginning or at a checkpoint. @throws as `train` says */
export async function prepareRun(options: TrainOptions): Promise<Run> {
  const settings = completeSettings(options.settings ?? {});
  const given = modelOf(options, settings);
  const tokenBudget = budgetOf(options.tokenBudget, given.tasks);
  const tokenizer = tokenizerOf(given, settings);
  const [training, validation] = prepareBoth(options, given, tokenizer);
  const freezing = planFreezingOf(options, given);
  const everTrained = new Set(allStages(freezing).flatMap((stage) => trainedPaths(freezing.labels(stage))));
  const plan = planOf(options, training, settings);
  const factor = schedule(settings.schedule, plan.totalSteps);
  const rates = learningRates(given, settings);
  let labels: ParameterLabels = freezing.labels(allStages(freezing)[0] ?? []);
  const optimizer = createOptimizer(
    given,
    { everTrains: (path) => everTrained.has(path), labels: () => labels, rates, schedule: factor },
    settings,
  );
  const model = { ...given, parameters: optimizer.parameters };
  const balancing = options.balancing ?? equalWeights();
  const planned = { model, settings, plan, freezing, balancing, everTrained };
  const fingerprint = fingerprintOf(options, planned);
  const freezingTable = describeFreezing(freezing, { learningRate: rates, weightDecay: settings.weightDecay });
  const { folder, checkpoint } = await openFolder(options, planned, fingerprint, freezingTable);
  const state = checkpoint === undefined ? firstState(planned) : restoredState(checkpoint, planned, optimizer);
  const parts: RunParts = {
    options,
    settings,
    model,
    prepared: training,
    plan,
    freezing,
    freezingTable,
    optimizer,
    schedule: factor,
    balancing,
    everTrained,
    fingerprint,
    folder,
    tell: teller(options.onEvent),
    enterStage: (stage) => {
      ({ labels } = stage);
    },
    stageContext: (signal) => ({
      engine: options.engine,
      model,
      optimizer,
      tokenizer,
      training,
      validation,
      drops: modelDrops(model),
      prefixCache: settings.prefixCache,
      scratchFile: (name) => folder.scratchFile(name),
      signal,
    }),
    tokenBudget,
  };
  return new Run(parts, state);
}
