import { DisposedError, EngineError, FeedError, type HostTensor } from '@sentence-mtl/core';
import {
  bindFeeds,
  bindShape,
  formatShape,
  type Bindings,
  type Executable,
  type Feeds,
  type Fetches,
  type InputTypes,
  type Program,
  type ProgramOutputs,
  type RunOptions,
} from '@sentence-mtl/program';
import type { RuntimeSession } from './runtime-session.ts';

type Tensors = Readonly<Record<string, HostTensor>>;

function checkInto(program: Program, into: Tensors, bindings: Bindings): void {
  for (const [name, tensor] of Object.entries(into)) {
    const output = Object.hasOwn(program.outputs, name) ? program.outputs[name] : undefined;
    if (output === undefined) throw new FeedError(`the program has no output "${name}" to receive`);
    const shape = bindShape(output.shape, bindings);
    const fits = tensor.dtype === output.dtype && formatShape(tensor.shape) === formatShape(shape);
    if (!fits || tensor.data.length !== shape.reduce((product, size) => product * size, 1)) {
      throw new FeedError(
        `output "${name}" is ${output.dtype} ${formatShape(shape)}; the tensor to receive it is ${tensor.dtype} ${formatShape(tensor.shape)} with data of ${tensor.data.length}`,
      );
    }
  }
}

/** A program and its session. Runs wait for one another; so does the end of the session. */
export class OnnxruntimeExecutable<I extends InputTypes, O extends ProgramOutputs> implements Executable<I, O> {
  readonly #program: Program<I, O>;
  readonly #session: RuntimeSession;
  readonly #onDispose: () => void;
  #queue: Promise<unknown> = Promise.resolve();
  #disposed: Promise<void> | undefined;

  constructor(program: Program<I, O>, session: RuntimeSession, onDispose: () => void) {
    this.#program = program;
    this.#session = session;
    this.#onDispose = onDispose;
  }

  async run(feeds: Feeds<I>, options: RunOptions<O> = {}): Promise<Fetches<O>> {
    if (this.#disposed !== undefined) {
      throw new DisposedError('this executable has been disposed of; compile the program again to run it');
    }
    const into = Object.fromEntries(
      Object.entries(options.into ?? {}).filter((entry): entry is [string, HostTensor] => entry[1] !== undefined),
    );
    const tensors: Tensors = Object.fromEntries<HostTensor>(Object.entries(feeds));
    checkInto(this.#program, into, bindFeeds(this.#program, tensors));
    const run = this.#queue.then(() => this.#runNow(tensors, into));
    this.#queue = run.catch(() => undefined);
    return run;
  }

  async #runNow(feeds: Tensors, into: Tensors): Promise<Fetches<O>> {
    try {
      const results: unknown = await this.#session.run(feeds, Object.keys(this.#program.outputs), into);
      return results as Fetches<O>;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new EngineError(`the run failed: ${reason}`, { cause });
    }
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#queue.then(async () => {
      await this.#session.release();
      this.#onDispose();
    });
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
