import { ArgumentError, describeValue, DisposedError } from '@sentence-mtl/core';
import type { Engine, Executable, InputTypes, Value } from '@sentence-mtl/program';
import { checkTexts } from './check-texts.ts';
import type { EmbeddingPrecision, Embeddings, TokenEmbeddings } from './embeddings.ts';
import { encodeBatches, type EncodedBatch } from './encode-batches.ts';
import { checkTruncation, precisionOf, type EncodeOptions } from './encode-options.ts';
import { encodingProgram, takesPromptLength, type EncodingOutput } from './encoding-program.ts';
import { encodeStream, type StreamedEmbedding, type StreamOptions } from './encode-stream.ts';
import { finishEmbeddings } from './finish-embeddings.ts';
import { loadSentenceModel } from './load-sentence-model.ts';
import type { SourceOptions } from './model-source.ts';
import { promptOf } from './prompt.ts';
import type { ModelNotice, SentenceModel, SentenceModelConfig } from './sentence-model.ts';
import { sentenceTokenizer, type SentenceTokenizer } from './sentence-tokenizer.ts';
import { tokenRows } from './token-rows.ts';
import { writeSentenceModel } from './write-sentence-model.ts';

export interface LoadOptions extends SourceOptions {
  readonly engine: Engine;
  /** Most tokens of a text, special tokens included; default: what the folder says. */
  readonly maxLength?: number | undefined;
}

type EncodingExecutable = Executable<InputTypes, { readonly embedding: Value<'float32'> }>;

/** The number of values in a sentence embedding. */
export function embeddingDimension({ encoder, pooling, dense }: SentenceModelConfig): number {
  return dense.at(-1)?.outputSize ?? encoder.hiddenSize * pooling.modes.length;
}

/**
 * A sentence encoder that runs: a model, its tokenizer and its compiled programs.
 *
 * ```ts
 * await using encoder = await SentenceEncoder.load('models/all-MiniLM-L6-v2', { engine });
 * const { data, shape } = await encoder.encode(['good day', 'guten Tag']);
 * ```
 */
export class SentenceEncoder implements AsyncDisposable {
  readonly model: SentenceModel;
  /** The number of values in a sentence embedding. */
  readonly dimension: number;
  readonly #engine: Engine;
  readonly #tokenizer: SentenceTokenizer;
  readonly #executables = new Map<EncodingOutput, Promise<EncodingExecutable>>();
  #disposed = false;

  /** @throws TokenizerFileError where the model's tokenizer is broken or not supported */
  constructor(model: SentenceModel, engine: Engine) {
    this.model = model;
    this.dimension = embeddingDimension(model.config);
    this.#engine = engine;
    this.#tokenizer = sentenceTokenizer(model.config);
  }

  /**
   * @param source a folder; `minilm`, the model that is built in; or an id of the hub, `owner/name` or
   * `owner/name@revision`, which needs the option `hub`
   * @throws as `loadSentenceModel` does
   */
  static async load(source: string | URL, { engine, ...options }: LoadOptions): Promise<SentenceEncoder> {
    return new SentenceEncoder(await loadSentenceModel(source, options), engine);
  }

  /** What was decided on the caller's behalf while the model was read. */
  get notices(): readonly ModelNotice[] {
    return this.model.notices;
  }

  /** Most tokens of a text, special tokens included; longer texts are cut off. */
  get maximumLength(): number {
    return this.#tokenizer.maximumLength;
  }

  /**
   * A vector for each token of each text.
   * @throws as below
   */
  encode(
    texts: readonly string[],
    options: EncodeOptions<'float32'> & { readonly output: 'token' },
  ): Promise<readonly TokenEmbeddings[]>;
  /**
   * A row for each text, in the order of the texts.
   *
   * @throws TextInputError with the row of the first that is not a text
   * @throws ArgumentError for options that do not fit
   * @throws the signal's reason, where it aborts
   */
  encode<P extends EmbeddingPrecision = 'float32'>(
    texts: readonly string[],
    options?: EncodeOptions<P> & { readonly output?: 'sentence' | undefined },
  ): Promise<Embeddings<P>>;
  async encode(
    texts: readonly string[],
    options: EncodeOptions = {},
  ): Promise<Embeddings | readonly TokenEmbeddings[]> {
    checkTexts(texts);
    const { output = 'sentence' } = options;
    if (output !== 'sentence' && output !== 'token') {
      throw new ArgumentError(`output is ${describeValue(output)}; it is sentence or token`);
    }
    return output === 'token' ? this.#encodeTokens(texts, options) : this.#encodeSentences(texts, options);
  }

  /**
   * Embeddings of a stream of texts, in its order, with as much memory for a million texts as for a thousand.
   * @throws as above, and ArgumentError where `int8` or `uint8` come without `ranges`
   */
  encodeStream<P extends EmbeddingPrecision = 'float32'>(
    texts: AsyncIterable<string> | Iterable<string>,
    options: StreamOptions<P> = {},
  ): AsyncGenerator<StreamedEmbedding<P>, void, undefined> {
    return encodeStream(texts, options, async (window) => this.encode<P>(window, options));
  }

  /** Writes the model as a folder that this class and Python's sentence-transformers load. @throws ModelFileError where it cannot be written */
  async save(folder: string): Promise<void> {
    await writeSentenceModel(folder, this.model);
  }

  async #encodeSentences(texts: readonly string[], options: EncodeOptions): Promise<Embeddings> {
    const { dimension } = this;
    precisionOf(options.precision);
    checkTruncation(options.truncateDimension, dimension);
    const data = new Float32Array(texts.length * dimension);
    for await (const { rows, embedding } of this.#batches(texts, 'sentence', options)) {
      rows.forEach((row, index) => {
        data.set(embedding.data.subarray(index * dimension, (index + 1) * dimension), row * dimension);
      });
    }
    const raw = { precision: 'float32', shape: [texts.length, dimension], data } as const;
    return finishEmbeddings(raw, this.model.config.normalize, options);
  }

  async #encodeTokens(texts: readonly string[], options: EncodeOptions): Promise<readonly TokenEmbeddings[]> {
    if (
      options.normalize === true ||
      options.truncateDimension !== undefined ||
      precisionOf(options.precision) !== 'float32'
    ) {
      throw new ArgumentError(
        'normalize, truncateDimension and precision are for sentence embeddings; leave them out for tokens',
      );
    }
    const tokens: TokenEmbeddings[] = [];
    for await (const { rows, ...batch } of this.#batches(texts, 'token', options)) {
      tokenRows(batch).forEach((each, index) => {
        tokens[rows[index] ?? 0] = each;
      });
    }
    return tokens;
  }

  async *#batches(
    texts: readonly string[],
    output: EncodingOutput,
    options: EncodeOptions,
  ): AsyncGenerator<EncodedBatch, void, undefined> {
    const { config, parameters } = this.model;
    const prompt = promptOf(config.prompts, options);
    const executable = await this.#executable(output);
    const run = {
      executable,
      parameters,
      tokenizer: this.#tokenizer,
      takesPromptLength: takesPromptLength(config, output),
    };
    for await (const batch of encodeBatches(run, texts, prompt, options)) {
      yield batch;
      options.onProgress?.(batch.progress);
    }
  }

  #executable(output: EncodingOutput): Promise<EncodingExecutable> {
    if (this.#disposed) throw new DisposedError('this encoder has been disposed of; load it again');
    const compiled = this.#executables.get(output) ?? this.#engine.compile(encodingProgram(this.model.config, output));
    this.#executables.set(output, compiled);
    return compiled;
  }

  /** Frees the native memory. The engine lives on. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const executables = [...this.#executables.values()];
    this.#executables.clear();
    const compiled = await Promise.allSettled(executables);
    await Promise.all(compiled.map(async (each) => (each.status === 'fulfilled' ? each.value.dispose() : undefined)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
