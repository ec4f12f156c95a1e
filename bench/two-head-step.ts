import { float32Tensor, int32Tensor, sizeOfShape, type HostTensor } from '@sentence-mtl/core';
import { adamw, chain, clipByGlobalNorm, Optimizer } from '@sentence-mtl/optim';
import { dropoutKey, type Engine, type Executable, type Program } from '@sentence-mtl/program';
import {
  batchFeeds,
  gradientName,
  parameterShapes,
  publishedModels,
  twoHeadProgram,
  WORD_EMBEDDINGS,
  type PublishedModel,
  type TwoHeadConfig,
} from '@sentence-mtl/two-head-model';

/** What a step does: `forward` the losses, `backward` the gradients too, `update` clips and updates alone. */
export type Phase = 'all' | 'forward' | 'backward' | 'update';

export interface StepOptions {
  readonly model: PublishedModel;
  readonly batch: number;
  readonly length: number;
  readonly phase: Phase;
  readonly dropout: number;
}

/** The standard deviation that BERT's weights begin with. */
const INITIAL_DEVIATION = 0.02;
const SEED = 42;

/** Numbers in [0, 1) for weights and ids of no meaning: a linear congruential generator. */
function* uniforms(): Generator<number, never> {
  for (let state = 1; ; state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) yield state / 2 ** 32;
}

/** Weights as BERT begins with: spread around 0, biases 0, scales of norms 1. */
function initialParameters(config: TwoHeadConfig): ReadonlyMap<string, HostTensor<'float32'>> {
  const numbers = uniforms();
  const entries = [...parameterShapes(config)].map(([path, shape]) => {
    const data = new Float32Array(sizeOfShape(shape));
    if (path.endsWith('norm.weight')) data.fill(1);
    else if (path.endsWith('.weight')) {
      for (let i = 0; i < data.length; i++) data[i] = (numbers.next().value - 0.5) * INITIAL_DEVIATION * Math.sqrt(12);
    }
    return [path, float32Tensor(data, shape)] as const;
  });
  return new Map(entries);
}

function randomBatch(
  { tasks, encoder }: TwoHeadConfig,
  batch: number,
  length: number,
): Parameters<typeof batchFeeds>[0] {
  const numbers = uniforms();
  const integers = (count: number, below: number): Int32Array =>
    Int32Array.from({ length: count }, () => Math.floor(numbers.next().value * below));
  return {
    inputIds: int32Tensor(integers(batch * length, encoder.vocabularySize), [batch, length]),
    attentionMask: int32Tensor(new Int32Array(batch * length).fill(1), [batch, length]),
    labels: Object.fromEntries(
      Object.entries(tasks).map(([name, { labels }]) => [name, int32Tensor(integers(batch, labels.length), [batch])]),
    ),
  };
}

/** One training step of the two-head model, ready to be repeated: all parameters in one memory, updated in place. */
export class TwoHeadStep {
  readonly program: Program;
  readonly #options: StepOptions;
  readonly #executable: Executable;
  readonly #optimizer: Optimizer;
  readonly #feeds: Readonly<Record<string, HostTensor>>;
  readonly #into: Readonly<Record<string, HostTensor>>;
  #step = 0;

  private constructor(options: StepOptions, program: Program, executable: Executable) {
    const config = publishedModels[options.model];
    const { batch, length } = options;
    // As PyTorch's peer: every parameter decays, at a rate so small that the weights stay what they are.
    const update = chain(clipByGlobalNorm(1), adamw({ learningRate: 1e-6, decays: () => true }));
    this.#options = options;
    this.program = program;
    this.#executable = executable;
    this.#optimizer = new Optimizer(update, initialParameters(config), { rowTables: [WORD_EMBEDDINGS] });
    this.#feeds = {
      ...batchFeeds(randomBatch(config, batch, length), [0.5, 0.5]),
      ...Object.fromEntries(this.#optimizer.parameters),
    };
    const rows = [batch * length, config.encoder.hiddenSize] as const;
    const rowGradient = float32Tensor(new Float32Array(sizeOfShape(rows)), rows);
    const gradients = [...this.#optimizer.gradients].map(([path, tensor]) => [gradientName(path), tensor] as const);
    const trained = [...gradients, [gradientName(WORD_EMBEDDINGS), rowGradient] as const];
    this.#into = options.phase === 'forward' ? {} : Object.fromEntries(trained);
  }

  static async of(engine: Engine, options: StepOptions): Promise<TwoHeadStep> {
    const trains = (): boolean => options.phase !== 'forward';
    const program = twoHeadProgram(publishedModels[options.model], { trains, dropout: options.dropout });
    return new TwoHeadStep(options, program, await engine.compile(program));
  }

  /** Runs the phase once. The update alone works on the gradients of the run before it. */
  async run(): Promise<void> {
    if (this.#options.phase !== 'update' || this.#step === 0) await this.#runProgram();
    if (this.#options.phase === 'all' || this.#options.phase === 'update') this.#update();
    this.#step++;
  }

  async #runProgram(): Promise<void> {
    const key = this.#options.dropout > 0 ? { dropoutKey: int32Tensor(dropoutKey(SEED, this.#step), [2]) } : {};
    const outputs = await this.#executable.run({ ...this.#feeds, ...key }, { into: this.#into });
    if (!Number.isFinite(outputs['loss']?.data[0])) throw new Error('the loss of a step is not a number');
  }

  #update(): void {
    const [ids, rows] = [this.#feeds['inputIds'], this.#into[gradientName(WORD_EMBEDDINGS)]];
    if (ids?.dtype !== 'int32' || rows?.dtype !== 'float32') throw new Error('a step has ids and their gradients');
    this.#optimizer.addRows(WORD_EMBEDDINGS, ids.data, rows.data);
    this.#optimizer.step();
  }
}
