import type { HostTensor } from '@sentence-mtl/core';
import type { GradientTransformation, StepResult } from '@sentence-mtl/optim';
import { Optimizer } from '@sentence-mtl/optim';
import type { Engine, Executable } from '@sentence-mtl/program';
import { parameterShapes, WORD_EMBEDDINGS } from './parameter-shapes.ts';
import type { TwoHeadConfig } from './two-head-config.ts';
import { batchFeeds, type LabelledBatch } from './two-head-feeds.ts';
import { gradientName, twoHeadProgram } from './two-head-program.ts';

type Tensors = Readonly<Record<string, HostTensor>>;

export interface TwoHeadTrainingOptions {
  readonly engine: Engine;
  readonly config: TwoHeadConfig;
  readonly parameters: ReadonlyMap<string, HostTensor<'float32'>>;
  readonly optimizer: GradientTransformation;
  /** One for each task, in their order. */
  readonly lossWeights: readonly number[];
}

/** The loss, of each task too, and what the optimizer did. */
export interface TrainingStep extends StepResult {
  readonly loss: number;
  readonly taskLosses: Readonly<Record<string, number>>;
  /** How many parameters were updated. */
  readonly updated: number;
}

const numberIn = (outputs: Tensors, name: string): number => Number(outputs[name]?.data[0] ?? NaN);

/** Trains the two-head model step by step: the loop around a program, an engine and an optimizer, without a data set. */
export class TwoHeadTraining {
  readonly optimizer: Optimizer;
  readonly #options: TwoHeadTrainingOptions;
  /** One for each set of parameters that has been trained. */
  readonly #executables = new Map<string, Promise<Executable>>();

  constructor(options: TwoHeadTrainingOptions) {
    this.#options = options;
    this.optimizer = new Optimizer(options.optimizer, options.parameters, { rowTables: [WORD_EMBEDDINGS] });
  }

  /** One step on a batch. `trains` says which parameters it updates. */
  async step(batch: LabelledBatch, trains: (path: string) => boolean): Promise<TrainingStep> {
    const { config, lossWeights } = this.#options;
    const paths = [...parameterShapes(config).keys()].filter(trains);
    const executable = await this.#executableFor(paths);
    const { gradients, parameters } = this.optimizer;
    const feeds = { ...batchFeeds(batch, lossWeights), ...Object.fromEntries(parameters) };
    const written = paths.flatMap((path) => {
      const tensor = gradients.get(path);
      return tensor === undefined ? [] : [[gradientName(path), tensor] as const];
    });
    const outputs: Tensors = await executable.run(feeds, { into: Object.fromEntries(written) });
    const rows = outputs[gradientName(WORD_EMBEDDINGS)];
    if (rows?.dtype === 'float32') this.optimizer.addRows(WORD_EMBEDDINGS, batch.inputIds.data, rows.data);
    const taskLosses = Object.keys(config.tasks).map((task) => [task, numberIn(outputs, `loss.${task}`)] as const);
    return {
      ...this.optimizer.step(paths),
      loss: numberIn(outputs, 'loss'),
      taskLosses: Object.fromEntries(taskLosses),
      updated: paths.length,
    };
  }

  #executableFor(paths: readonly string[]): Promise<Executable> {
    const key = paths.join();
    const trained = new Set(paths);
    const known = this.#executables.get(key);
    if (known !== undefined) return known;
    const program = twoHeadProgram(this.#options.config, { trains: (path) => trained.has(path) });
    const compiled = this.#options.engine.compile(program);
    this.#executables.set(key, compiled);
    return compiled;
  }
}
