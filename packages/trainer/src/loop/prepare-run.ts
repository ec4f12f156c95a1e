// From what a caller gives to a run that can begin: everything is checked before anything is written or trained.
import {
  allStages,
  checkTrains,
  describeFreezing,
  planFreezing,
  trainAll,
  trainedPaths,
  type FreezePlan,
  type ParameterLabels,
} from '@sentence-mtl/freeze-strategies';
import { fitTask, type Tasks } from '@sentence-mtl/heads';
import { sentenceTokenizer, type SentenceTokenizer } from '@sentence-mtl/model';
import { schedule, unpackState } from '@sentence-mtl/optim';
import { equalWeights, restoreBalancing, type BalancingMethod } from '@sentence-mtl/task-balancing';
import { completeSettings } from '../check-settings.ts';
import { TrainingSettingsError } from '../errors.ts';
import type { Example } from '../batch/example.ts';
import { prepareExamples, type PreparedExamples } from '../batch/prepared-examples.ts';
import { encoderDrops } from '../program/training-program.ts';
import type { CheckpointContent } from '../run/checkpoint.ts';
import { hashOfExamples, hashOfJson, hashOfParameters, type Fingerprint } from '../run/fingerprint.ts';
import { RunFolder } from '../run/run-folder.ts';
import { NO_SUMS, type TrainerState } from '../run/trainer-state.ts';
import type { TrainingSettings } from '../settings.ts';
import { createOptimizer } from '../step/create-optimizer.ts';
import { learningRates } from '../step/learning-rates.ts';
import type { TrainingModel } from '../training-model.ts';
import type { StepPlan } from '../step-plan.ts';
import { checkTrainingData } from './check-data.ts';
import { Run, type RunParts } from './run.ts';
import { mayCut } from './stage.ts';
import { teller } from './tell.ts';
import type { TrainOptions } from './train-options.ts';

/** Tokens of a micro-batch, unless told otherwise: a step of 32 texts of 128 tokens is not cut. */
const USUAL_BUDGET = 4096;

/** The tasks as the training labels make them. */
function fitTasks(tasks: Tasks, examples: readonly Example[]): Tasks {
  const placeOf = (row: number): string => examples[row]?.place ?? `row ${row}`;
  const entries = Object.entries(tasks).map(([name, task]) => {
    const labels = examples.map(({ labels: given }) => (Object.hasOwn(given, name) ? given[name] : undefined));
    return [name, fitTask(name, task, labels, placeOf)] as const;
  });
  return Object.fromEntries(entries);
}

/** The model that is trained: with fitted tasks, and the dropout of the settings. */
function modelOf({ model, training }: TrainOptions, { dropout }: TrainingSettings): TrainingModel {
  const { encoder } = model.config;
  const rates =
    dropout === null
      ? encoder.dropout
      : { embeddings: dropout, attention: dropout, attentionOutput: dropout, feedForward: dropout };
  return {
    ...model,
    config: { ...model.config, encoder: { ...encoder, dropout: rates } },
    tasks: fitTasks(model.tasks, training),
  };
}

function tokenizerOf({ config }: TrainingModel, { maxLength }: TrainingSettings): SentenceTokenizer {
  return sentenceTokenizer({ ...config, maximumLength: Math.min(maxLength, config.maximumLength) });
}

function budgetOf(tokenBudget: number | null | undefined, tasks: Tasks): number | undefined {
  if (tokenBudget === null || !mayCut(tasks)) return undefined;
  if (tokenBudget === undefined) return USUAL_BUDGET;
  if (Number.isSafeInteger(tokenBudget) && tokenBudget >= 1) return tokenBudget;
  throw new TrainingSettingsError(`tokenBudget is ${tokenBudget}; a whole number of at least 1 is needed`);
}

interface Planned {
  readonly model: TrainingModel;
  readonly settings: TrainingSettings;
  readonly plan: StepPlan;
  readonly freezing: FreezePlan;
  readonly balancing: BalancingMethod;
  readonly everTrained: ReadonlySet<string>;
}

/** What a checkpoint has to have been made of. */
function fingerprintOf({ training, validation, engine }: TrainOptions, planned: Planned): Fingerprint {
  const { model, settings, plan, freezing, balancing, everTrained } = planned;
  return {
    settings: hashOfJson(settings),
    tasks: hashOfJson(model.tasks),
    model: hashOfJson(model.config),
    'frozen parameters': hashOfParameters(model.parameters, (path) => !everTrained.has(path)),
    freezing: freezing.strategy,
    'task weights': balancing.name,
    steps: plan.name,
    'training data': hashOfExamples(training),
    'validation data': validation === undefined ? 'none' : hashOfExamples(validation),
    engine: `${engine.name}${'threads' in engine ? `, ${String(engine.threads)} threads` : ''}`,
  };
}

function firstState({ model, balancing }: Planned): TrainerState {
  return {
    step: 0,
    history: [],
    epochSums: NO_SUMS,
    balancing: balancing.init(Object.keys(model.tasks)),
    optimizer: { version: 1, step: 0, counts: {}, labels: {} },
    metricsBytes: 0,
  };
}

/** @throws ArgumentError where what the balancing method remembers is not of this method and these tasks */
function restoredState({ state }: CheckpointContent, { model, balancing }: Planned): TrainerState {
  return { ...state, balancing: restoreBalancing(balancing, Object.keys(model.tasks), state.balancing) };
}

/** What config.json says: all that a run of the same bytes needs to know. */
function configOf({ model, settings, plan, freezing, balancing }: Planned, fingerprint: Fingerprint): unknown {
  return {
    version: 1,
    settings,
    tasks: model.tasks,
    steps: plan.name,
    freezing: freezing.strategy,
    taskWeights: balancing.name,
    fingerprint,
  };
}

async function openFolder(
  options: TrainOptions,
  planned: Planned,
  fingerprint: Fingerprint,
): Promise<{ readonly folder: RunFolder; readonly checkpoint?: CheckpointContent }> {
  if (options.resume !== undefined) return RunFolder.resume(options.folder, options.resume, fingerprint);
  return { folder: await RunFolder.begin(options.folder, configOf(planned, fingerprint)) };
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

/** Opens a run at its beginning or at a checkpoint. @throws as `train` says */
export async function prepareRun(options: TrainOptions): Promise<Run> {
  const settings = completeSettings(options.settings ?? {});
  const given = modelOf(options, settings);
  const tokenBudget = budgetOf(options.tokenBudget, given.tasks);
  const tokenizer = tokenizerOf(given, settings);
  const [training, validation] = prepareBoth(options, given, tokenizer);
  const freezing = planFreezingOf(options, given);
  const everTrained = new Set(allStages(freezing).flatMap((stage) => trainedPaths(freezing.labels(stage))));
  const plan = options.planSteps(training, settings);
  if (plan.totalSteps < 1)
    throw new TrainingSettingsError(`the run ${plan.name} has no steps; give it more epochs or rows`);
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
  const { folder, checkpoint } = await openFolder(options, planned, fingerprint);
  if (checkpoint !== undefined) {
    for (const [path, { data }] of checkpoint.parameters) model.parameters.get(path)?.data.set(data);
    optimizer.restore(unpackState(checkpoint.optimizer, checkpoint.state.optimizer));
  }
  const drops = encoderDrops(model.config.encoder) || Object.values(model.tasks).some(headDrops);
  const parts: RunParts = {
    options,
    settings,
    model,
    prepared: training,
    plan,
    freezing,
    freezingTable: describeFreezing(freezing, { learningRate: rates, weightDecay: settings.weightDecay }),
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
      drops,
      prefixCache: settings.prefixCache,
      scratchFile: (name) => folder.scratchFile(name),
      signal,
    }),
    tokenBudget,
  };
  return new Run(parts, checkpoint === undefined ? firstState(planned) : restoredState(checkpoint, planned));
}

/** Whether a head drops anything in training. */
function headDrops(task: Tasks[string]): boolean {
  return 'head' in task && (task.head.dropout > 0 || task.head.inputDropout > 0);
}
