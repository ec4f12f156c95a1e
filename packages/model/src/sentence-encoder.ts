import { ArgumentError, describeValue } from '@sentence-mtl/core';
import { replaceModelFolder, type GraphPrecision } from '@sentence-mtl/model-files';
import type { Engine, OpenGraph } from '@sentence-mtl/program';
import { checkTexts } from './check-texts.ts';
import type { EmbeddingPrecision, Embeddings, TokenEmbeddings } from './embeddings.ts';
import type { EncodeOptions } from './encode-options.ts';
import { encodeStream, type StreamedEmbedding, type StreamOptions } from './encode-stream.ts';
import { encodeSentences, encodeTokens, type EncodingContext, type EncodingOutputs } from './encode-texts.ts';
import { encodingProgram, takesPromptLength, type EncodingOutput } from './encoding-program.ts';
import { compileRun, type EncodingRun, type EncodingRuntime } from './encoding-run.ts';
import { modelFolder, type SourceOptions } from './model-source.ts';
import { ProgramCache } from './program-cache.ts';
import { readSentenceModel } from './read-sentence-model.ts';
import { embeddingDimension, type ModelNotice, type SentenceModel } from './sentence-model.ts';
import { sentenceTokenizer, type SentenceTokenizer } from './sentence-tokenizer.ts';
import { openTokenGraph } from './token-graph.ts';
import { writeSentenceModel } from './write-sentence-model.ts';

export interface EncoderOptions {
  readonly engine: Engine;
  /**
   * Makes the parameters a part of the compiled programs. A single text takes a third less time, and an engine in a
   * thread of its own is not sent them with each batch; twice the memory is taken. Default false.
   */
  readonly bindParameters?: boolean | undefined;
  /**
   * The exported graph of this model, opened on the same engine, which encodes in place of the model's own program. It
   * belongs to this object and goes with it.
   */
  readonly graph?: OpenGraph | undefined;
}

/** How a model is loaded that runs. */
export interface RuntimeOptions extends Omit<EncoderOptions, 'graph'> {
  /**
   * The graph that `sentence-mtl export` has written in this number format encodes, in place of the model's own program
   * in float32, which is the default. `int8` is the fastest, and a little off. What `encode` calls `precision` is the
   * format of the embeddings it gives, and another matter.
   */
  readonly precision?: GraphPrecision | undefined;
}

export interface LoadOptions extends RuntimeOptions, SourceOptions {
  /** Most tokens of a text, special tokens included; default: what the folder says. */
  readonly maxLength?: number | undefined;
}

/** The graph that is to encode, where one is asked for. @throws as `openTokenGraph` does */
export async function graphFor(
  folder: string,
  { config }: SentenceModel,
  { precision, engine }: RuntimeOptions,
): Promise<OpenGraph | undefined> {
  return precision === undefined ? undefined : openTokenGraph(folder, precision, config, engine);
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
  readonly #tokenizer: SentenceTokenizer;
  readonly #runtime: EncodingRuntime;
  readonly #programs = new ProgramCache<EncodingOutputs>();

  /**
   * @param tokenizer the model's own, where it is there already
   * @throws TokenizerFileError where the model's tokenizer is broken or not supported
   */
  constructor(
    model: SentenceModel,
    { engine, bindParameters = false, graph }: EncoderOptions,
    tokenizer: SentenceTokenizer = sentenceTokenizer(model.config),
  ) {
    this.model = model;
    this.dimension = embeddingDimension(model.config);
    this.#tokenizer = tokenizer;
    this.#runtime = { engine, bind: bindParameters, graph };
  }

  /**
   * @param source a folder; `minilm`, the model that is built in; or an id of the hub, `owner/name` or
   * `owner/name@revision`, which needs the option `hub`
   * @throws as `loadSentenceModel` does, and
   * @throws ModelFileError where a precision is asked for of which the folder has no graph
   * @throws EngineError where the engine opens no graphs
   */
  static async load(source: string | URL, options: LoadOptions): Promise<SentenceEncoder> {
    const folder = await modelFolder(source, options);
    const model = await readSentenceModel(folder, options);
    return new SentenceEncoder(model, { ...options, graph: await graphFor(folder, model, options) });
  }

  /** What was decided on the caller's behalf while the model was read. */
  get notices(): readonly ModelNotice[] {
    return this.model.notices;
  }

  /** Most tokens of a text, special tokens included; longer texts are cut off. */
  get maximumLength(): number {
    return this.#tokenizer.maximumLength;
  }

  /** A vector for each token of each text. @throws as for sentences */
  encode(
    texts: readonly string[],
    options: EncodeOptions<'float32'> & { readonly output: 'token' },
  ): Promise<readonly TokenEmbeddings[]>;
  /**
   * A row for each text, in the order of the texts.
   *
   * @throws TextInputError with the row of the first that is not a text
   * @throws ArgumentError for options that do not fit
   * @throws DisposedError after `dispose`
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
    const context: EncodingContext = {
      config: this.model.config,
      tokenizer: this.#tokenizer,
      use: (work) => this.#programs.use(output, async () => this.#compile(output), work),
    };
    return output === 'token' ? encodeTokens(context, texts, options) : encodeSentences(context, texts, options);
  }

  /**
   * Embeddings of a stream of texts, in its order, with as much memory for a million texts as for a thousand.
   * @throws as `encode`, and ArgumentError where `int8` or `uint8` come without `ranges`
   */
  encodeStream<P extends EmbeddingPrecision = 'float32'>(
    texts: AsyncIterable<string> | Iterable<string>,
    options: StreamOptions<P> = {},
  ): AsyncGenerator<StreamedEmbedding<P>, void, undefined> {
    return encodeStream(texts, options, async (window) => this.encode<P>(window, options));
  }

  /**
   * Writes the model as a folder that this class and Python's sentence-transformers load, whole or not at all, in place
   * of the model that was there: heads of another encoder do not stay behind.
   *
   * @throws ModelFileError where it cannot be written, or the folder holds something that is no model
   */
  async save(folder: string): Promise<void> {
    await replaceModelFolder(folder, async (place) => writeSentenceModel(place, this.model));
  }

  async #compile(output: EncodingOutput): Promise<EncodingRun<EncodingOutputs>> {
    const { config, parameters } = this.model;
    return compileRun<EncodingOutputs>(this.#runtime, {
      programFrom: (start) => encodingProgram(config, output, start),
      parameters,
      takesPromptLength: takesPromptLength(config, output),
    });
  }

  /** Frees the native memory, after the batch in hand. The engine lives on. */
  async dispose(): Promise<void> {
    await this.#programs.dispose();
    await this.#runtime.graph?.dispose();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
