import { DisposedError, type HostTensor } from '@sentence-mtl/core';
import {
  bindFeeds,
  type Executable,
  type Feeds,
  type Fetches,
  type InputTypes,
  type Program,
  type ProgramOutputs,
  type RunOptions,
} from '@sentence-mtl/program';
import { checkOverlap } from './memory-overlap.ts';
import { outputTensors } from './output-tensors.ts';
import { runtimeError } from './runtime-error.ts';
import type { SharedSession } from './shared-session.ts';

/** A program and its session, which it may share with other executables of the same program. */
export class OnnxruntimeExecutable<I extends InputTypes, O extends ProgramOutputs> implements Executable<I, O> {
  readonly #engine: string;
  readonly #program: Program<I, O>;
  readonly #session: SharedSession;
  readonly #onDispose: () => void;
  #disposed: Promise<void> | undefined;

  constructor(engine: string, program: Program<I, O>, session: SharedSession, onDispose: () => void) {
    this.#engine = engine;
    this.#program = program;
    this.#session = session;
    this.#onDispose = onDispose;
  }

  async run(feeds: Feeds<I>, options: RunOptions<O> = {}): Promise<Fetches<O>> {
    if (this.#disposed !== undefined) {
      throw new DisposedError('this executable has been disposed of; compile the program again to run it');
    }
    const fed = new Map<string, HostTensor>(Object.entries(feeds));
    const into = new Map<string, HostTensor | undefined>(Object.entries(options.into ?? {}));
    const bindings = bindFeeds(this.#program, Object.fromEntries(fed));
    const outputs = outputTensors(this.#program.outputs, bindings, into);
    checkOverlap(fed, outputs);
    try {
      await this.#session.run(fed, outputs);
    } catch (cause) {
      throw runtimeError(this.#engine, 'the run', cause);
    }
    return Object.fromEntries(outputs) as Fetches<O>;
  }

  dispose(): Promise<void> {
    if (this.#disposed === undefined) {
      this.#onDispose();
      this.#disposed = this.#session.release();
    }
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
