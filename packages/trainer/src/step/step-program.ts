// One step of training as computation: micro-batches through the program of a stage, gradients added up, one update.
import { float32Tensor, sizeOfShape, type HostTensor } from '@sentence-mtl/core';
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
  /** `dropoutKey` of each micro-batch; unused by a program that drops nothing. */
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
  readonly #gradients: readonly (readonly [output: string, tensor: HostTensor<'float32'>])[];
  /** A second set of gradients, which micro-batches after the first are written to; made when there are some. */
  #added: readonly (readonly [output: string, tensor: HostTensor<'float32'>])[] | undefined;

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
    this.#gradients = stage.trained.flatMap((path) => {
      const tensor = optimizer.gradients.get(path);
      return tensor === undefined ? [] : [[gradientOutput(path), tensor] as const];
    });
  }

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

  /** Computes losses and gradients, which are left with the optimizer. */
  async run(feeds: StepFeeds): Promise<StepLosses> {
    const { microBatches, labels, lossWeights, dropoutKeys } = feeds;
    const fixed = {
      ...(this.#totals === undefined ? {} : await this.#totals.run(ofSums(this.#summed, labels))),
      [LOSS_WEIGHTS]: float32Tensor(lossWeights, [lossWeights.length]),
      ...Object.fromEntries(this.#optimizer.parameters),
    };
    const losses: Record<string, number> = Object.fromEntries(this.#tasks.map((task) => [task, 0]));
    let loss = 0;
    for (const [index, texts] of microBatches.entries()) {
      const key = this.#drops ? { [DROPOUT_KEY]: keyTensor(dropoutKeys[index]) } : {};
      const outputs = await this.#runOne({ ...texts, ...fixed, ...key }, index === 0);
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
    const outputs: NamedTensors = await this.#executable.run(feeds, { into: Object.fromEntries(written) });
    if (!first) {
      this.#gradients.forEach(([, sum], index) => addInto(sum.data, written[index]?.[1].data ?? sum.data));
    }
    const [rows, ids] = [outputs[gradientOutput(WORD_TABLE)], feeds['inputIds']];
    if (rows?.dtype === 'float32' && ids?.dtype === 'int32') this.#optimizer.addRows(WORD_TABLE, ids.data, rows.data);
    return outputs;
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

function keyTensor(key: Int32Array | undefined): HostTensor<'int32'> {
  return { dtype: 'int32', shape: [2], data: key ?? new Int32Array(2) };
}
