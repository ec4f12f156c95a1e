import { sizeOfShape } from '@sentence-mtl/core';
import { aggregateTasks, type TaskEvaluation } from '@sentence-mtl/evaluation';
import type { FreezePlan, FreezingTable, Progress } from '@sentence-mtl/freeze-strategies';
import { writeTaskModel } from '@sentence-mtl/model';
import { packState, type Optimizer, type Schedule } from '@sentence-mtl/optim';
import type { BalancingMethod } from '@sentence-mtl/task-balancing';
import type { PreparedExamples } from '../batch/prepared-examples.ts';
import type { ModelEvaluation } from '../evaluate/evaluator.ts';
import type { EndReason, TrainingEvent } from '../events.ts';
import { describeStart } from '../program/program-start.ts';
import type { Fingerprint } from '../run/fingerprint.ts';
import type { RunFolder } from '../run/run-folder.ts';
import type { TrainerState } from '../run/trainer-state.ts';
import type { TrainingSettings } from '../settings.ts';
import type { PlannedStep, StepPlan } from '@sentence-mtl/data';
import type { TrainingModel } from '../training-model.ts';
import { AGGREGATE, bestSoFar, betterOf, type BestSoFar } from './best-evaluation.ts';
import type { StepOutcome } from './finish-step.ts';
import { runStep } from './run-step.ts';
import { prepareStage, type StageRunner } from './stage-runner.ts';
import { stageAt, type RunStage } from './stage.ts';
import type { TrainOptions, TrainingResult } from './train-options.ts';

/** All that a run is made of, once it is checked and opened. */
export interface RunParts {
  readonly options: TrainOptions;
  readonly settings: TrainingSettings;
  /** With the parameters as they are trained. */
  readonly model: TrainingModel;
  readonly prepared: PreparedExamples;
  readonly plan: StepPlan;
  readonly freezing: FreezePlan;
  readonly freezingTable: FreezingTable;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly balancing: BalancingMethod;
  /** The paths that train in some stage. */
  readonly everTrained: ReadonlySet<string>;
  readonly fingerprint: Fingerprint;
  readonly folder: RunFolder;
  readonly tell: (event: TrainingEvent) => void;
  /** Makes the labels of a stage those that the optimizer goes by. */
  readonly enterStage: (stage: RunStage) => void;
  readonly stageContext: (signal: AbortSignal | undefined) => Parameters<typeof prepareStage>[1];
  readonly tokenBudget: number | undefined;
}

/** Metrics by name, as strategies and best model go by them. */
function metricsOf(tasks: Readonly<Record<string, TaskEvaluation>>): Record<string, number | null> {
  const entries = Object.entries(tasks).flatMap(([task, { metrics }]) =>
    Object.entries(metrics).map(([name, { value }]) => [`${task}.${name}`, value ?? null] as const),
  );
  return Object.fromEntries(entries);
}

/** A run in its loop: the state that moves, and what moves it. */
export class Run implements AsyncDisposable {
  state: TrainerState;
  readonly #parts: RunParts;
  #stage: StageRunner | undefined;
  #savedAt: number;

  constructor(parts: RunParts, state: TrainerState) {
    this.#parts = parts;
    this.state = state;
    this.#savedAt = state.step;
  }

  get settings(): TrainingSettings {
    return this.#parts.settings;
  }

  get plan(): StepPlan {
    return this.#parts.plan;
  }

  get folder(): RunFolder {
    return this.#parts.folder;
  }

  get signal(): AbortSignal | undefined {
    return this.#parts.options.signal;
  }

  /** Whether there is something to evaluate on. */
  get evaluates(): boolean {
    return this.#parts.options.validation !== undefined;
  }

  get best(): BestSoFar | undefined {
    return bestSoFar(this.state.history, betterOf(this.settings.bestMetric));
  }

  tell(event: TrainingEvent): void {
    this.#parts.tell(event);
  }

  placeOf(example: number): string {
    return this.#parts.prepared.examples[example]?.place ?? `row ${example}`;
  }

  /** The schedule's factor on the rates of a step. */
  rateFactor(step: number): number {
    return this.#parts.schedule(step);
  }

  begin(): void {
    const { plan, prepared, freezingTable } = this.#parts;
    this.tell({
      kind: 'started',
      steps: plan.totalSteps,
      epochs: plan.epochs,
      fromStep: this.state.step,
      examples: prepared.examples.length,
      freezing: freezingTable,
    });
  }

  #progress(): Progress {
    const { plan } = this.#parts;
    const step = Math.min(this.state.step, plan.totalSteps - 1);
    return { step: this.state.step, epoch: plan.stepAt(step).epoch, history: this.state.history };
  }

  /** The programs of the stage that the run is in; those of the one before are freed. */
  async stage(): Promise<StageRunner> {
    const { model, freezing, enterStage, stageContext, options } = this.#parts;
    const stage = stageAt(model, freezing, this.#progress());
    if (this.#stage?.stage.key === stage.key) return this.#stage;
    await this.#stage?.[Symbol.asyncDispose]();
    this.#stage = undefined;
    enterStage(stage);
    const started = options.clock();
    const runner = await prepareStage(stage, stageContext(options.signal));
    this.#stage = runner;
    const { step } = this.state;
    const trainedParameters = stage.trained.reduce((count, path) => {
      return count + sizeOfShape(model.parameters.get(path)?.shape ?? [0]);
    }, 0);
    this.tell({ kind: 'stage', step, trainedParameters, start: describeStart(stage.start) });
    if (runner.cachedTexts > 0) {
      const seconds = (options.clock() - started) / 1000;
      this.tell({ kind: 'prefixCached', step, texts: runner.cachedTexts, seconds });
      await this.folder.logTiming({ kind: 'prefixCached', step, texts: runner.cachedTexts, seconds });
    }
    return runner;
  }

  async step(stage: StageRunner, planned: PlannedStep): Promise<StepOutcome> {
    const { settings, prepared, model, balancing, options, tokenBudget } = this.#parts;
    const { step, balancing: balancingState } = this.state;
    const outcome = await runStep(stage, planned, {
      step,
      seed: settings.seed,
      prepared,
      taskNames: Object.keys(model.tasks),
      balancing,
      balancingState,
      tokenBudget,
      clock: options.clock,
    });
    if (outcome.problem === undefined) {
      const measured = { step, labelledCounts: outcome.labelled, losses: outcome.taskLosses };
      this.state = { ...this.state, balancing: balancing.weigh(measured, balancingState).state };
    }
    return outcome;
  }

  /** Evaluates the model as it is now, and keeps it where it is the best so far. */
  async evaluate(stage: StageRunner, epoch: number): Promise<void> {
    const { options, settings } = this.#parts;
    const started = options.clock();
    const evaluation = await this.#measure(stage);
    const aggregate = aggregateTasks(evaluation.tasks, settings.bestMetric);
    const value = aggregate.value ?? null;
    const { step } = this.state;
    const metrics = { ...metricsOf(evaluation.tasks), [AGGREGATE]: value };
    this.state = { ...this.state, history: [...this.state.history, { step, metrics }] };
    const isBest = this.best?.step === step;
    if (isBest) await this.#saveModel();
    const seconds = (options.clock() - started) / 1000;
    const { losses, tasks } = evaluation;
    await this.folder.logMetrics({ kind: 'evaluation', step, epoch, losses, metrics });
    await this.folder.logTiming({ kind: 'evaluation', step, seconds });
    this.tell({ kind: 'evaluated', step, epoch, tasks, losses, aggregate: value, isBest, seconds });
  }

  /** Writes the model as it is now, with what it was trained on and how. */
  async #saveModel(): Promise<void> {
    const { options, model, fingerprint } = this.#parts;
    const { writeModel = writeTaskModel, provenance } = options;
    const { step } = this.state;
    const saved = { ...model, notices: [], provenance: { ...provenance, trainedFor: step, madeOf: fingerprint } };
    await this.folder.saveModel((into) => writeModel(into, saved));
  }

  async #measure(stage: StageRunner): Promise<ModelEvaluation> {
    const { validation } = this.#parts.stageContext(undefined);
    if (validation === undefined || stage.validation === undefined) return { tasks: {}, losses: {} };
    return stage.evaluator.evaluate(validation, stage.validation);
  }

  /** Writes a checkpoint of the run as it is now, if there is none yet. */
  async checkpoint(): Promise<void> {
    if (this.#savedAt === this.state.step) return;
    const { optimizer, fingerprint, everTrained, settings, model } = this.#parts;
    const packed = packState(optimizer.state);
    this.state = { ...this.state, optimizer: packed.record, metricsBytes: this.folder.metricsBytes };
    const trained = new Map([...model.parameters].filter(([path]) => everTrained.has(path)));
    const content = { fingerprint, state: this.state, parameters: trained, optimizer: packed.tensors };
    const folder = await this.folder.saveCheckpoint(content, settings.keepCheckpoints);
    this.#savedAt = this.state.step;
    this.tell({ kind: 'checkpoint', step: this.state.step, folder });
  }

  async end(reason: EndReason): Promise<TrainingResult> {
    const { model } = this.#parts;
    await this.checkpoint();
    if (!this.evaluates && reason !== 'aborted') await this.#saveModel();
    const { step, history } = this.state;
    this.tell({ kind: 'finished', step, reason });
    const best = this.best === undefined ? undefined : { step: this.best.step, value: this.best.value };
    return { reason, step, history, best, modelFolder: this.folder.modelFolder, parameters: model.parameters };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stage?.[Symbol.asyncDispose]();
    await this.folder.close();
  }
}
