// One step of training as computation: micro-batches through the program of a stage, gradients added up, one update.
import { ArgumentError, float32Tensor, sizeOfShape, type HostTensor } from '@sentence-mtl/core';
import { labelTotals, type Tasks } from '@sentence-mtl/heads';
import type { Optimizer, StepResult } from '@sentence-mtl/optim';
import type { Engine, Executable } from '@sentence-mtl/program';
import type { NamedTensors } from '../batch/micro-batch.ts';
import type { ProgramStart } from '../program/program-start.ts';
import { DROPOUT_KEY, labelsInput, LOSS_WEIGHTS, sumsRows } from '../program/task-inputs.ts';
import { gradientOutput, lossOutput, trainingProgram, WORD_TABLE } from '../program/training-program.ts';
import type { TrainingModel } from '../training-model.ts';

/** What of a model trains, and where its program begins. */
export interface StageProgram {
  readonly start: ProgramStart;
  readonly trained: readonly string[];
}

/** What a step computes on. */
export interface StepFeeds {
  /** Texts, rows and labels of each micro-batch. */
  readonly microBatches: readonly NamedTensors[];
  /** `labels.<task>` of the whole step. */
  readonly labels: NamedTensors;
  /** The weight of each task's loss. */
  readonly lossWeights: readonly number[];
  /** What `dropoutKey` gives for each micro-batch; unused by a program that drops nothing. */
  readonly dropoutKeys: readonly Int32Array[];
}

export interface StepLosses {
  /** Weighted by the tasks' weights. */
  readonly loss: number;
  readonly taskLosses: Readonly<Record<string, number>>;
}

const numberIn = (outputs: NamedTensors, name: string): number => Number(outputs[name]?.data[0] ?? NaN);

function addInto(sum: Float32Array, term: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (term[i] ?? 0);
}

/** The program of one stage, its optimizer, and the arrays that a step writes. */
export class StepProgram implements AsyncDisposable {
  readonly #executable: Executable;
  readonly #totals: Executable | undefined;
  readonly #optimizer: Optimizer;
  readonly #tasks: readonly string[];
  /** The labels whose rows are counted for the totals. */
  readonly #summed: readonly string[];
  readonly #stage: StageProgram;
  readonly #drops: boolean;
  /** One object for all steps: to copy a hundred names into a new one each time leaves 140 kB of slowly found garbage. */
  readonly #parameters: NamedTensors;
  readonly #gradients: readonly (readonly [output: string, tensor: HostTensor<'float32'>])[];
  /** A second set of gradients, which micro-batches after the first are written to; made when there are some. */
  #added: readonly (readonly [output: string, tensor: HostTensor<'float32'>])[] | undefined;
  /** Scratch for the gradient at the rows of the word table; it grows to the largest batch, and no step leaves garbage. */
  #wordRows = new Float32Array(0);

  private constructor(
    stage: StageProgram,
    executable: Executable,
    totals: Executable | undefined,
    optimizer: Optimizer,
    tasks: Tasks,
    drops: boolean,
  ) {
    this.#stage = stage;
    this.#executable = executable;
    this.#totals = totals;
    this.#optimizer = optimizer;
    this.#tasks = Object.keys(tasks);
    this.#summed = Object.entries(tasks).flatMap(([name, task]) => (sumsRows(task) ? [labelsInput(name)] : []));
    this.#drops = drops;
    this.#parameters = Object.fromEntries(optimizer.parameters);
    this.#gradients = stage.trained.flatMap((path) => {
      const tensor = optimizer.gradients.get(path);
      return tensor === undefined ? [] : [[gradientOutput(path), tensor] as const];
    });
  }

  /**
   * @param drops whether dropout applies; then every micro-batch needs a key
   * @throws EngineError when the engine cannot compile the program
   */
  static async compile(
    engine: Engine,
    model: TrainingModel,
    optimizer: Optimizer,
    stage: StageProgram,
    drops: boolean,
  ): Promise<StepProgram> {
    const totals = labelTotals(model.tasks);
    return new StepProgram(
      stage,
      await engine.compile(trainingProgram(model, { ...stage, drops })),
      totals === undefined ? undefined : await engine.compile(totals),
      optimizer,
      model.tasks,
      drops,
    );
  }

  /**
   * Computes losses and gradients, which are left with the optimizer until `update` or `skip`.
   *
   * @throws ArgumentError when the program drops and a micro-batch has no key
   * @throws FeedError when texts, labels or weights are not what the program takes
   */
  async run(feeds: StepFeeds): Promise<StepLosses> {
    const { microBatches, labels, lossWeights, dropoutKeys } = feeds;
    const fixed = {
      ...(this.#totals === undefined ? {} : await this.#totals.run(ofSums(this.#summed, labels))),
      [LOSS_WEIGHTS]: float32Tensor(lossWeights, [lossWeights.length]),
    };
    const losses: Record<string, number> = Object.fromEntries(this.#tasks.map((task) => [task, 0]));
    let loss = 0;
    for (const [index, texts] of microBatches.entries()) {
      const key = this.#drops ? { [DROPOUT_KEY]: keyTensor(dropoutKeys, index) } : {};
      const outputs = await this.#runOne({ ...this.#parameters, ...texts, ...fixed, ...key }, index === 0);
      loss += numberIn(outputs, 'loss');
      for (const task of this.#tasks) losses[task] = (losses[task] ?? 0) + numberIn(outputs, lossOutput(task));
    }
    return { loss, taskLosses: losses };
  }

  /** Updates what trains; a step whose gradients are not finite changes nothing. */
  update(): StepResult {
    return this.#optimizer.step(this.#stage.trained, { nonFinite: 'skip' });
  }

  /** Counts a step without changing anything. */
  skip(): StepResult {
    return this.#optimizer.step([]);
  }

  async #runOne(feeds: NamedTensors, first: boolean): Promise<NamedTensors> {
    const written = first ? this.#gradients : this.#secondGradients();
    const ids = feeds['inputIds'];
    const rows = ids?.dtype === 'int32' ? this.#rowGradients(ids.data.length) : undefined;
    const into = { ...Object.fromEntries(written), ...(rows !== undefined && { [gradientOutput(WORD_TABLE)]: rows }) };
    const outputs: NamedTensors = await this.#executable.run(feeds, { into });
    if (!first) {
      this.#gradients.forEach(([, sum], index) => addInto(sum.data, written[index]?.[1].data ?? sum.data));
    }
    if (rows !== undefined && ids?.dtype === 'int32') this.#optimizer.addRows(WORD_TABLE, ids.data, rows.data);
    return outputs;
  }

  /** (B·T, E): what the gradient at the looked-up rows is written to; undefined where the word table does not train. */
  #rowGradients(count: number): HostTensor<'float32'> | undefined {
    if (!this.#stage.trained.includes(WORD_TABLE)) return undefined;
    const width = this.#optimizer.parameters.get(WORD_TABLE)?.shape[1] ?? 0;
    if (this.#wordRows.length < count * width) this.#wordRows = new Float32Array(count * width);
    return float32Tensor(this.#wordRows.subarray(0, count * width), [count, width]);
  }

  #secondGradients(): readonly (readonly [output: string, tensor: HostTensor<'float32'>])[] {
    this.#added ??= this.#gradients.map(([output, { shape }]) => {
      return [output, float32Tensor(new Float32Array(sizeOfShape(shape)), shape)] as const;
    });
    return this.#added;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#executable.dispose();
    await this.#totals?.dispose();
  }
}

function ofSums(names: readonly string[], labels: NamedTensors): NamedTensors {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => names.includes(name)));
}

function keyTensor(keys: readonly Int32Array[], microBatch: number): HostTensor<'int32'> {
  const data = keys[microBatch];
  if (data === undefined)
    throw new ArgumentError(`micro-batch ${microBatch} has no dropout key; ${keys.length} are given`);
  return { dtype: 'int32', shape: [2], data };
}
