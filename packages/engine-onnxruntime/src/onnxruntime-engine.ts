import { EngineError } from '@sentence-mtl/core';
import { toOnnx } from '@sentence-mtl/onnx';
import {
  programStatistics,
  rewriteProgram,
  type Engine,
  type Executable,
  type InputTypes,
  type Program,
  type ProgramOutputs,
} from '@sentence-mtl/program';
import { OnnxruntimeExecutable } from './executable.ts';
import { loadNodeRuntime, loadWebRuntime } from './load-runtime.ts';
import type { ExecutionProvider, Runtime, RuntimeSession } from './runtime-session.ts';

export interface OnnxruntimeOptions {
  /** Threads inside an operation. By default all cores, and one for programs too small to share. */
  readonly threads?: number;
  /** Default `['cpu']`. */
  readonly executionProviders?: readonly ExecutionProvider[];
  /** Session options of ONNX Runtime, given to it as they are, over the engine's own. */
  readonly sessionOptions?: Readonly<Record<string, unknown>>;
}

/** An engine whose live sessions can be counted: what is compiled and not disposed of. */
export interface OnnxruntimeEngine extends Engine {
  readonly threads: number | undefined;
  readonly liveSessions: number;
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

class RuntimeEngine implements OnnxruntimeEngine {
  readonly name: string;
  readonly threads: number | undefined;
  readonly #runtime: Runtime;
  readonly #options: OnnxruntimeOptions;
  readonly #live = new Set<{ dispose(): Promise<void> }>();

  constructor(runtime: Runtime, options: OnnxruntimeOptions) {
    const providers = options.executionProviders ?? ['cpu'];
    const names = providers.map((provider) => (typeof provider === 'string' ? provider : provider.name));
    this.name = `${runtime.name} ${names.join(', ')}`;
    this.threads = options.threads;
    this.#runtime = runtime;
    this.#options = options;
  }

  get liveSessions(): number {
    return this.#live.size;
  }

  async compile<I extends InputTypes, O extends ProgramOutputs>(program: Program<I, O>): Promise<Executable<I, O>> {
    const session = await this.#createSession(program);
    const executable = new OnnxruntimeExecutable(program, session, () => this.#live.delete(executable));
    this.#live.add(executable);
    return executable;
  }

  async #createSession(program: Program): Promise<RuntimeSession> {
    const { bytes } = toOnnx(rewriteProgram(program), { target: 'runtime' });
    try {
      return await this.#runtime.createSession(bytes, {
        executionProviders: this.#options.executionProviders ?? ['cpu'],
        threads: this.threads,
        runtimeOptions: this.#options.sessionOptions ?? {},
      });
    } catch (cause) {
      const { nodes } = programStatistics(program);
      throw new EngineError(`${this.name} refuses a program of ${nodes} nodes: ${describe(cause)}`, { cause });
    }
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#live].map((executable) => executable.dispose()));
  }
}

/**
 * The default engine: ONNX Runtime's native CPU library, from its npm package alone.
 *
 * @throws MissingEngineError when the package is not there or has no library for this platform
 */
export async function onnxruntimeEngine(options: OnnxruntimeOptions = {}): Promise<OnnxruntimeEngine> {
  return new RuntimeEngine(await loadNodeRuntime(), options);
}

/**
 * ONNX Runtime as WebAssembly, slower and everywhere: browsers, Alpine Linux, Intel Macs.
 *
 * @throws MissingEngineError when onnxruntime-web is not installed
 */
export async function onnxruntimeWebEngine(options: OnnxruntimeOptions = {}): Promise<OnnxruntimeEngine> {
  const executionProviders = options.executionProviders ?? ['wasm'];
  return new RuntimeEngine(await loadWebRuntime(), { ...options, executionProviders });
}
