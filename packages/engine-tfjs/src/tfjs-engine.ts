import { DisposedError, EngineError } from '@sentence-mtl/core';
import {
  rewriteProgram,
  type Engine,
  type Executable,
  type InputTypes,
  type Program,
  type ProgramOutputs,
} from '@sentence-mtl/program';
import { TfjsExecutable } from './executable.ts';
import { checkedTensorFlow, type TensorFlow, type TfjsNamespace } from './tensor-flow.ts';

export interface TfjsOptions {
  /** For messages and reports; by default `tfjs` and the backend. */
  readonly name?: string;
}

/** An engine whose live executables can be counted: what is compiled and not disposed of. */
export interface TfjsEngine extends Engine {
  readonly backend: string;
  readonly liveExecutables: number;
}

class BackendEngine implements TfjsEngine {
  readonly name: string;
  readonly backend: string;
  readonly #tf: TensorFlow;
  readonly #live = new Set<{ dispose(): Promise<void> }>();
  #disposed = false;

  constructor(tf: TensorFlow, backend: string, name: string) {
    this.#tf = tf;
    this.backend = backend;
    this.name = name;
  }

  get liveExecutables(): number {
    return this.#live.size;
  }

  async compile<I extends InputTypes, O extends ProgramOutputs>(program: Program<I, O>): Promise<Executable<I, O>> {
    if (this.#disposed) throw new DisposedError(`the engine ${this.name} has been disposed of`);
    await this.#tf.ready();
    const current = this.#tf.getBackend();
    if (current !== this.backend) {
      throw new EngineError(
        `${this.name} was made for the tfjs backend "${this.backend}", and "${current}" is the current one; tfjs has one backend at a time: make one engine of it`,
      );
    }
    const executable = new TfjsExecutable(this.#tf, this.name, rewriteProgram(program), () =>
      this.#live.delete(executable),
    );
    this.#live.add(executable);
    return executable;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all([...this.#live].map((executable) => executable.dispose()));
  }
}

/**
 * An engine on the tfjs backend that is current in the given namespace. tfjs has one backend at a time for the whole
 * process: choose it before, by `tf.setBackend`.
 *
 * @throws EngineError when it is no namespace of tfjs, or has no backend that works
 */
export async function tfjsEngine(namespace: TfjsNamespace, options: TfjsOptions = {}): Promise<TfjsEngine> {
  const tf = checkedTensorFlow(namespace);
  try {
    await tf.ready();
  } catch (cause) {
    throw new EngineError('tfjs has no backend that works; import one, such as @tensorflow/tfjs-backend-wasm', {
      cause,
    });
  }
  const backend = tf.getBackend();
  return new BackendEngine(tf, backend, options.name ?? `tfjs ${backend}`);
}
