import { DisposedError } from '@sentence-mtl/core';
import { toOnnx } from '@sentence-mtl/onnx';
import {
  rewriteProgram,
  type Engine,
  type Executable,
  type InputTypes,
  type Program,
  type ProgramOutputs,
} from '@sentence-mtl/program';
import { OnnxruntimeExecutable } from './executable.ts';
import { outputOrder } from './output-order.ts';
import { runtimeError } from './runtime-error.ts';
import type { Runtime, RuntimeSession } from './runtime-session.ts';
import { SharedSession } from './shared-session.ts';
import { isWorthSharing } from './workload.ts';

/** An engine over ONNX Runtime: what it holds can be counted, and what its results depend on can be recorded. */
export interface OnnxruntimeEngine extends Engine {
  /** Threads inside an operation of a big graph; other counts give other roundings. */
  readonly threads: number;
  /** Sessions that hold native memory now: one for each program that is compiled and not disposed of. */
  readonly liveSessions: number;
}

/** Compiles programs on a runtime. A program compiled twice has one session. */
export class RuntimeEngine implements OnnxruntimeEngine {
  readonly name: string;
  readonly threads: number;
  readonly #runtime: Runtime;
  readonly #sessions = new Map<Program, SharedSession>();
  readonly #executables = new Set<{ dispose(): Promise<void> }>();
  #disposed: Promise<void> | undefined;

  constructor(runtime: Runtime) {
    this.name = runtime.name;
    this.threads = runtime.threads;
    this.#runtime = runtime;
  }

  get liveSessions(): number {
    return this.#sessions.size;
  }

  async compile<I extends InputTypes, O extends ProgramOutputs>(program: Program<I, O>): Promise<Executable<I, O>> {
    this.#checkAlive();
    const session = this.#sessions.get(program) ?? this.#share(program);
    const executable = new OnnxruntimeExecutable(this.name, program, session, () =>
      this.#executables.delete(executable),
    );
    this.#executables.add(executable);
    try {
      await session.acquire();
      this.#checkAlive();
    } catch (cause) {
      await executable.dispose();
      throw runtimeError(this.name, 'compiling the program', cause);
    }
    return executable;
  }

  #checkAlive(): void {
    if (this.#disposed !== undefined) throw new DisposedError(`the engine ${this.name} has been disposed of`);
  }

  #share(program: Program): SharedSession {
    const session = new SharedSession(this.#createSession(program), () => {
      if (this.#sessions.get(program) === session) this.#sessions.delete(program);
    });
    this.#sessions.set(program, session);
    return session;
  }

  async #createSession(program: Program): Promise<RuntimeSession> {
    const rewritten = rewriteProgram(program);
    const { bytes } = toOnnx(rewritten, { target: 'runtime', outputOrder: outputOrder(rewritten) });
    return this.#runtime.createSession(bytes, { threads: isWorthSharing(rewritten) ? this.threads : 1 });
  }

  dispose(): Promise<void> {
    this.#disposed ??= (async () => {
      await Promise.all([...this.#executables].map((executable) => executable.dispose()));
      await this.#runtime.dispose();
    })();
    return this.#disposed;
  }
}
