import { ArgumentError, describeValue } from '@sentence-mtl/core';
import { checkTopK, predictionsOf, type PairTaskName, type Tasks, type TextTaskName } from '@sentence-mtl/heads';
import { checkTexts } from '../check-texts.ts';
import { encodeBatches, type EncodedBatch } from '../encode-batches.ts';
import { compileRun, type EncodingRun, type EncodingRuntime } from '../encoding-run.ts';
import { finishEmbeddings } from '../finish-embeddings.ts';
import { modelFolder, type SourceOptions } from '../model-source.ts';
import { ProgramCache } from '../program-cache.ts';
import { promptOf } from '../prompt.ts';
import { graphFor, SentenceEncoder, type EncoderOptions, type RuntimeOptions } from '../sentence-encoder.ts';
import type { ModelNotice } from '../sentence-model.ts';
import { sentenceTokenizer, type SentenceTokenizer } from '../sentence-tokenizer.ts';
import { askedTasks } from './asked-tasks.ts';
import type {
  PairPredictions,
  PairPredictOptions,
  PredictOptions,
  TextPredictions,
  WithEmbedding,
} from './predict-options.ts';
import { outputName, predictionProgram, type AskedOutputs, type PredictionOutputs } from './prediction-program.ts';
import { readTaskModel, type ReadTaskOptions } from './read-task-model.ts';
import type { TaskModel } from './task-model.ts';
import { writeTaskModel } from './write-task-model.ts';

export interface LoadTaskOptions<T extends Tasks = Tasks> extends RuntimeOptions, ReadTaskOptions<T>, SourceOptions {}

type Columns = readonly (readonly string[])[];

/** A row while its predictions are put together. */
type PredictedRow = Record<string, unknown>;

function checkPairs(pairs: unknown): void {
  if (!Array.isArray(pairs)) {
    throw new ArgumentError(`pairs is ${describeValue(pairs)}; a list of [text, text] is needed`);
  }
  const wrong = pairs.findIndex((pair) => !Array.isArray(pair) || pair.length !== 2);
  if (wrong >= 0)
    throw new ArgumentError(`row ${wrong}: the pair is ${describeValue(pairs[wrong])}; [text, text] is needed`);
}

/**
 * A multi-task model that runs: a sentence encoder, heads, and their compiled programs.
 *
 * ```ts
 * await using model = new MultiTaskModel(createTaskModel(encoder, tasks, 42), { engine });
 * const [{ intent }] = await model.predict(['I want my money back']);
 * ```
 */
export class MultiTaskModel<T extends Tasks = Tasks> implements AsyncDisposable {
  readonly model: TaskModel<T>;
  /** The encoder by itself, over the same parameters. */
  readonly encoder: SentenceEncoder;
  readonly #runtime: EncodingRuntime;
  readonly #tokenizer: SentenceTokenizer;
  readonly #programs = new ProgramCache<PredictionOutputs>();

  /** @throws TokenizerFileError where the model's tokenizer is broken or not supported */
  constructor(model: TaskModel<T>, options: EncoderOptions) {
    const { engine, bindParameters = false, graph } = options;
    this.model = model;
    this.#runtime = { engine, bind: bindParameters, graph };
    this.#tokenizer = sentenceTokenizer(model.config);
    const parameters = new Map([...model.parameters].filter(([path]) => !path.startsWith('heads.')));
    this.encoder = new SentenceEncoder({ ...model, parameters }, options, this.#tokenizer);
  }

  /**
   * @param source a folder, or an id of the hub, which needs the option `hub`
   * @throws as `readTaskModel` and `modelFolder` do, and as `SentenceEncoder.load` where a precision is asked for
   */
  static async load<T extends Tasks = Tasks>(
    source: string | URL,
    options: LoadTaskOptions<T>,
  ): Promise<MultiTaskModel<T>> {
    const folder = await modelFolder(source, options);
    const model = await readTaskModel(folder, options);
    return new MultiTaskModel(model, { ...options, graph: await graphFor(folder, model, options) });
  }

  get tasks(): T {
    return this.model.tasks;
  }

  /** What was decided on the caller's behalf while the model was read. */
  get notices(): readonly ModelNotice[] {
    return this.model.notices;
  }

  /**
   * What the tasks say of each text, in the order of the texts, and its embedding where asked for: one pass of the
   * encoder for all of it.
   *
   * @throws TextInputError with the row of the first that is not a text
   * @throws ArgumentError for tasks that the model does not have or that read pairs, and options that do not fit
   * @throws the signal's reason, where it aborts
   */
  predict<K extends TextTaskName<T> = TextTaskName<T>>(
    texts: readonly string[],
    options: PredictOptions<K> & { readonly embeddings: true },
  ): Promise<readonly (TextPredictions<T, K> & WithEmbedding)[]>;
  predict<K extends TextTaskName<T> = TextTaskName<T>>(
    texts: readonly string[],
    options?: PredictOptions<K>,
  ): Promise<readonly TextPredictions<T, K>[]>;
  async predict<K extends TextTaskName<T>>(
    texts: readonly string[],
    options: PredictOptions<K> = {},
  ): Promise<readonly TextPredictions<T, K>[]> {
    checkTexts(texts);
    const { embeddings = false } = options;
    const onlyEmbeddings = embeddings && options.tasks?.length === 0;
    const tasks = onlyEmbeddings ? [] : askedTasks(this.tasks, options.tasks, 1);
    const rows = await this.#predict([texts], { tasks, columns: 1, embedding: embeddings }, options);
    return rows as readonly TextPredictions<T, K>[];
  }

  /**
   * What the tasks say of each pair of texts, in the order of the pairs.
   * @throws as `predict` does
   */
  async predictPairs<K extends PairTaskName<T> = PairTaskName<T>>(
    pairs: readonly (readonly [textA: string, textB: string])[],
    options: PairPredictOptions<K> = {},
  ): Promise<readonly PairPredictions<T, K>[]> {
    checkPairs(pairs);
    const columns = [pairs.map(([textA]) => textA), pairs.map(([, textB]) => textB)];
    for (const texts of columns) checkTexts(texts);
    const tasks = askedTasks(this.tasks, options.tasks, 2);
    const rows = await this.#predict(columns, { tasks, columns: 2, embedding: false }, options);
    return rows as readonly PairPredictions<T, K>[];
  }

  /**
   * Writes the model as `writeTaskModel` does, in place of the one that was there: tasks that `load` was told to leave on disk
   * are not part of it.
   *
   * @throws ModelFileError where it cannot be written
   */
  async save(folder: string): Promise<void> {
    await writeTaskModel(folder, this.model);
  }

  async #predict(
    columns: Columns,
    asked: AskedOutputs,
    options: PairPredictOptions<string>,
  ): Promise<readonly PredictedRow[]> {
    const { topK, onProgress } = options;
    checkTopK(topK);
    const predicted = Array.from(columns[0] ?? [], (): PredictedRow => ({}));
    for await (const { rows, outputs, progress } of this.#batches(columns, asked, options)) {
      const put = (name: string, values: readonly unknown[]): void =>
        rows.forEach((row, index) => {
          const target = predicted[row];
          if (target !== undefined) target[name] = values[index];
        });
      for (const name of asked.tasks) {
        const [task, output] = [this.tasks[name], outputs[outputName(name)]];
        if (task !== undefined && output !== undefined) put(name, predictionsOf(task, [output], { topK }));
      }
      if (asked.embedding) put('embedding', this.#embeddings(outputs));
      onProgress?.(progress);
    }
    return predicted;
  }

  #embeddings({ embedding }: EncodedBatch<PredictionOutputs>['outputs']): readonly Float32Array[] {
    if (embedding === undefined) return [];
    const [rows = 0, columns = 0] = embedding.shape;
    const raw = { precision: 'float32', shape: [rows, columns], data: embedding.data } as const;
    const { data } = finishEmbeddings<'float32'>(raw, this.model.config.normalize, {});
    return Array.from({ length: rows }, (_, row) => data.slice(row * columns, (row + 1) * columns));
  }

  #batches(
    columns: Columns,
    asked: AskedOutputs,
    options: PairPredictOptions<string>,
  ): AsyncGenerator<EncodedBatch<PredictionOutputs>, void, undefined> {
    const { config } = this.model;
    const prompt = promptOf(config.prompts, options);
    return this.#programs.use(
      JSON.stringify(asked),
      async () => this.#compile(asked),
      (run) => encodeBatches(run, this.#tokenizer, columns, prompt, options),
    );
  }

  async #compile(asked: AskedOutputs): Promise<EncodingRun<PredictionOutputs>> {
    const { config } = this.model;
    return compileRun(this.#runtime, {
      programFrom: (start) => predictionProgram(config, this.tasks, asked, start),
      parameters: this.model.parameters,
      takesPromptLength: !config.pooling.includePrompt,
    });
  }

  /** Frees the native memory. The engine lives on. */
  async dispose(): Promise<void> {
    await this.#programs.dispose();
    await this.encoder.dispose();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
