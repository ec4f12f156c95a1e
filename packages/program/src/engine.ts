import type { DType, HostTensor } from '@sentence-mtl/core';
import type { InputTypes, Program, ProgramOutputs } from './define-program.ts';
import type { Dimension } from './dimension.ts';

/** One tensor for each input of a program. */
export type Feeds<I extends InputTypes> = { readonly [K in keyof I]: HostTensor<I[K]['dtype']> };
/** One tensor for each output of a program. */
export type Fetches<O extends ProgramOutputs> = { readonly [K in keyof O]: HostTensor<O[K]['dtype']> };

export interface RunOptions<O extends ProgramOutputs = ProgramOutputs> {
  /** Tensors of the right dtype and shape that receive outputs; those outputs are then these same tensors. */
  readonly into?: { readonly [K in keyof O]?: HostTensor<O[K]['dtype']> };
}

/** How an engine computes products: the number format of their operands. Later formats join here. */
export type Precision = 'float32';

export interface CompileOptions {
  readonly precision?: Precision;
}

/** A program made ready to run. It holds native memory until it is disposed. */
export interface Executable<I extends InputTypes = InputTypes, O extends ProgramOutputs = ProgramOutputs> {
  /**
   * @throws FeedError when a feed is missing, unknown, or of the wrong dtype or shape
   * @throws EngineError when the runtime fails
   * @throws DisposedError after `dispose`
   */
  run(feeds: Feeds<I>, options?: RunOptions<O>): Promise<Fetches<O>>;
  /** Frees the memory, after the run in hand if there is one. A second call does nothing. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** An input or output of a graph: a size that varies is named, and has one value in a run wherever its name stands. */
export interface GraphValue {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly Dimension[];
}

/** The content of a model file, made ready to run. It holds native memory until it is disposed. */
export interface OpenGraph {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /** Texts stored in the file. */
  readonly metadata: ReadonlyMap<string, string>;
  /**
   * The outputs that are asked for, by name.
   *
   * @throws FeedError when a feed is missing, unknown, or of the wrong dtype or shape, or there is no such output
   * @throws EngineError when the runtime fails
   * @throws DisposedError after `dispose`
   */
  run<K extends string>(
    feeds: Readonly<Record<string, HostTensor>>,
    outputs: readonly K[],
  ): Promise<Readonly<Record<K, HostTensor>>>;
  /** Frees the memory, after the run in hand if there is one. A second call does nothing. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Runs programs. An engine is passed to whoever needs one; there is no global engine. */
export interface Engine {
  /** For messages and reports: `onnxruntime-node cpu`. */
  readonly name: string;
  /**
   * Makes a program ready to run.
   *
   * @throws EngineError when the runtime cannot run it
   * @throws ProgramError when the size of a symbol is needed that no input has
   * @throws DisposedError after `dispose`
   */
  compile<I extends InputTypes, O extends ProgramOutputs>(
    program: Program<I, O>,
    options?: CompileOptions,
  ): Promise<Executable<I, O>>;
  /**
   * Opens the content of an ONNX file, which belongs to the engine from here on. Engines that read no files do not have
   * this. Integers of the file that are longer than int32, and floats that are shorter than float32, are fed and given
   * as these.
   *
   * @throws EngineError when the file is broken, or the runtime cannot run it
   */
  openGraph?(content: Uint8Array<ArrayBuffer>): Promise<OpenGraph>;
  /** Disposes of every executable and graph of this engine that is still alive. */
  dispose(): Promise<void>;
}
