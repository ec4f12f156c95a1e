// What a run is made of, and what of it its config.json and checkpoints remember.
import type { StepPlan } from '@sentence-mtl/data';
import type { FreezePlan } from '@sentence-mtl/freeze-strategies';
import type { SentenceTokenizer } from '@sentence-mtl/model';
import { unpackState } from '@sentence-mtl/optim';
import { restoreBalancing, type BalancingMethod } from '@sentence-mtl/task-balancing';
import type { PreparedExamples } from '../batch/prepared-examples.ts';
import type { CheckpointContent } from '../run/checkpoint.ts';
import { hashOfExamples, hashOfJson, hashOfParameters, type Fingerprint } from '../run/fingerprint.ts';
import { NO_SUMS, type TrainerState } from '../run/trainer-state.ts';
import type { TrainingSettings } from '../settings.ts';
import type { TrainingModel } from '../training-model.ts';
import type { PlannedUpdates } from './plan-updates.ts';
import type { TrainOptions } from './train-options.ts';

/** A run that is checked, and not yet begun. */
export interface PlannedRun extends PlannedUpdates {
  readonly settings: TrainingSettings;
  /** With the parameters as they are trained. */
  readonly model: TrainingModel;
  readonly tokenizer: SentenceTokenizer;
  readonly training: PreparedExamples;
  /** Undefined where nothing is evaluated. */
  readonly validation: PreparedExamples | undefined;
  /** The most tokens of a micro-batch; undefined where steps may not be cut. */
  readonly tokenBudget: number | undefined;
  readonly plan: StepPlan;
  readonly freezing: FreezePlan;
  readonly balancing: BalancingMethod;
}

/** What a checkpoint has to have been made of. */
export function fingerprintOf({ training, validation, engine }: TrainOptions, planned: PlannedRun): Fingerprint {
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

/** The state of a run that has not begun. */
export function firstState({ model, balancing }: PlannedRun): TrainerState {
  return {
    step: 0,
    history: [],
    epochSums: NO_SUMS,
    balancing: balancing.init(Object.keys(model.tasks)),
    optimizer: { version: 1, step: 0, counts: {}, labels: {} },
    metricsBytes: 0,
  };
}

/**
 * The state of a checkpoint; the model's parameters and the optimizer become what they were.
 *
 * @throws ArgumentError where what optimizer or balancing method remember is not of this run
 */
export function restoredState(
  { state, parameters, optimizer: tensors }: CheckpointContent,
  { model, balancing, optimizer }: PlannedRun,
): TrainerState {
  const restored = restoreBalancing(balancing, Object.keys(model.tasks), state.balancing);
  optimizer.restore(unpackState(tensors, state.optimizer));
  for (const [path, { data }] of parameters) model.parameters.get(path)?.data.set(data);
  return { ...state, balancing: restored };
}

/** What config.json says: all that a run of the same bytes needs to know. */
export function configOf(planned: PlannedRun, fingerprint: Fingerprint): unknown {
  const { model, settings, plan, freezing, balancing, freezingTable } = planned;
  return {
    version: 1,
    settings,
    tasks: model.tasks,
    steps: plan.name,
    freezing: freezing.strategy,
    taskWeights: balancing.name,
    fingerprint,
    freezingTable,
  };
}
