import { int32Tensor, Random, type HostTensor } from '@sentence-mtl/core';
import { planFreezing, trainAll } from '@sentence-mtl/freeze-strategies';
import type { Optimizer } from '@sentence-mtl/optim';
import { dropoutKey, type Engine, type Program } from '@sentence-mtl/program';
import { DEFAULT_SETTINGS, type TrainingModel } from '@sentence-mtl/trainer';
import { createOptimizer, labelledFeeds, StepProgram, type StepFeeds } from '@sentence-mtl/trainer/step';
import { publishedModels, textsOf, type LabelledBatch, type PublishedModel } from '@sentence-mtl/two-head-model';
import { freshModel, stepProgram } from './published-model.ts';

/** What a step does: `forward` the losses, `backward` the gradients too, `update` clips and updates alone. */
export type Phase = 'all' | 'forward' | 'backward' | 'update';

export interface StepOptions {
  readonly model: PublishedModel;
  readonly batch: number;
  readonly length: number;
  readonly phase: Phase;
  readonly dropout: number;
}

const SEED = 42;
/** So small that the weights stay what they are, as the peer's. */
const LEARNING_RATE = 1e-6;

/** Texts without padding and labels, both of no meaning. */
function randomBatch({ model, batch, length }: StepOptions): LabelledBatch {
  const { encoder, tasks } = publishedModels[model];
  const random = Random.of(SEED).split('batch');
  const draws = (count: number, below: number): Int32Array =>
    Int32Array.from({ length: count }, () => random.integer(below));
  const labels = Object.entries(tasks).map(([name, task]) => {
    return [name, int32Tensor(draws(batch, task.labels.length), [batch])] as const;
  });
  return {
    inputIds: int32Tensor(draws(batch * length, encoder.vocabularySize), [batch, length]),
    attentionMask: int32Tensor(new Int32Array(batch * length).fill(1), [batch, length]),
    labels: Object.fromEntries<HostTensor<'int32'>>(labels),
  };
}

/** The optimizer of a run that trains everything at one rate. */
function optimizerOf(model: TrainingModel, trains: boolean): Optimizer {
  const plan = planFreezing(trainAll(), {
    parameters: model.parameters,
    layerCount: model.config.encoder.layerCount,
  });
  const labels = plan.labels([]);
  const rates = (): number => LEARNING_RATE;
  const everything = { everTrains: () => trains, labels: () => labels, rates, schedule: () => 1 };
  return createOptimizer(model, everything, DEFAULT_SETTINGS);
}

/** A training step of the trainer, ready to be repeated on one batch. */
export class TimedStep {
  /** What the step computes; its products are counted. */
  readonly program: Program;
  readonly #phase: Phase;
  readonly #feeds: Omit<StepFeeds, 'dropoutKeys'>;
  readonly #step: StepProgram;
  #taken = 0;

  private constructor(phase: Phase, program: Program, feeds: Omit<StepFeeds, 'dropoutKeys'>, step: StepProgram) {
    this.#phase = phase;
    this.program = program;
    this.#feeds = feeds;
    this.#step = step;
  }

  static async of(engine: Engine, options: StepOptions): Promise<TimedStep> {
    const { phase, dropout } = options;
    const trains = phase !== 'forward';
    const fresh = await freshModel(options.model, dropout);
    const optimizer = optimizerOf(fresh, trains);
    const model = { ...fresh, parameters: optimizer.parameters };
    const trained = trains ? [...model.parameters.keys()] : [];
    const stage = { start: { kind: 'tokens' }, trained } as const;
    const step = await StepProgram.compile(engine, model, optimizer, stage, dropout > 0);
    const batch = randomBatch(options);
    const feeds = labelledFeeds({ texts: textsOf(batch, model.config.encoder), labels: batch.labels });
    const program = stepProgram(model, dropout, trains ? 'all' : 'none');
    return new TimedStep(phase, program, { ...feeds, lossWeights: [0.5, 0.5] }, step);
  }

  /** Runs the phase once. The update alone works on the gradients of the run before it. */
  async run(): Promise<void> {
    const updates = this.#phase === 'all' || this.#phase === 'update';
    if (this.#phase !== 'update' || this.#taken === 0) await this.#compute();
    if (!updates) this.#step.skip();
    else if (!this.#step.update().applied) throw new Error('the gradients of a step are not finite numbers');
    this.#taken++;
  }

  async #compute(): Promise<void> {
    const { loss } = await this.#step.run({ ...this.#feeds, dropoutKeys: [dropoutKey(SEED, this.#taken)] });
    if (!Number.isFinite(loss)) throw new Error('the loss of a step is not a number');
  }
}
