// From what a caller gives to a run that is planned: everything is checked, and nothing is written or trained yet.
import { planSteps, type StepPlan } from '@sentence-mtl/data';
import { checkTrains, planFreezing, trainAll, type FreezePlan } from '@sentence-mtl/freeze-strategies';
import type { Tasks } from '@sentence-mtl/heads';
import type { SentenceTokenizer } from '@sentence-mtl/model';
import { equalWeights } from '@sentence-mtl/task-balancing';
import { prepareExamples, type PreparedExamples } from '../batch/prepared-examples.ts';
import { completeSettings } from '../check-settings.ts';
import { TrainingSettingsError } from '../errors.ts';
import type { TrainingSettings } from '../settings.ts';
import type { TrainingModel } from '../training-model.ts';
import { checkBestMetric } from './check-best-metric.ts';
import { checkTrainingData } from './check-data.ts';
import { planUpdates } from './plan-updates.ts';
import type { PlannedRun } from './planned-run.ts';
import { modelOf, tokenizerOf, trainingPrompt } from './run-model.ts';
import { mayCut } from './stage.ts';
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

function freezingOf({ freezing = trainAll() }: TrainOptions, { parameters, config }: TrainingModel): FreezePlan {
  const plan = planFreezing(freezing, { parameters, layerCount: config.encoder.layerCount });
  checkTrains(plan);
  return plan;
}

function prepareBoth(
  { training, validation }: TrainOptions,
  model: TrainingModel,
  tokenizer: SentenceTokenizer,
): Pick<PlannedRun, 'training' | 'validation'> {
  const { tasks } = model;
  const prompt = trainingPrompt(model);
  const prepared = {
    training: prepareExamples(training, tasks, tokenizer, prompt),
    validation: validation === undefined ? undefined : prepareExamples(validation, tasks, tokenizer, prompt),
  };
  checkTrainingData(tasks, prepared.training, prepared.validation);
  return prepared;
}

function stepsOf({ steps }: TrainOptions, { lengths, tasks }: PreparedExamples, { seed }: TrainingSettings): StepPlan {
  const labelled = new Map([...tasks].map(([name, { present }]) => [name, present]));
  return planSteps({ lengths, tasks: labelled }, { length: { epochs: USUAL_EPOCHS }, ...steps, seed });
}

/** @throws as `train` says of what is wrong before anything is trained */
export function planRun(options: TrainOptions): PlannedRun {
  const settings = completeSettings(options.settings ?? {});
  const given = modelOf(options, settings);
  const tokenBudget = budgetOf(options.tokenBudget, given.tasks);
  const tokenizer = tokenizerOf(given, settings);
  const data = prepareBoth(options, given, tokenizer);
  if (data.validation !== undefined) checkBestMetric(given.tasks, settings.bestMetric);
  const freezing = freezingOf(options, given);
  const plan = stepsOf(options, data.training, settings);
  const updates = planUpdates(given, settings, freezing, plan.totalSteps);
  const model = { ...given, parameters: updates.optimizer.parameters };
  const balancing = options.balancing ?? equalWeights();
  return { ...data, ...updates, settings, model, tokenizer, tokenBudget, plan, freezing, balancing };
}
