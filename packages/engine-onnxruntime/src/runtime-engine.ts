import { DisposedError } from '@sentence-mtl/core';
import { readModel, toOnnx, withHostTypes, writeModel } from '@sentence-mtl/onnx';
import {
  rewriteProgram,
  type Engine,
  type Executable,
  type InputTypes,
  type OpenGraph,
  type Program,
  type ProgramOutputs,
} from '@sentence-mtl/program';
import { OnnxruntimeExecutable } from './executable.ts';
import { OnnxruntimeGraph } from './graph.ts';
import { graphSignature } from './graph-signature.ts';
import { outputOrder } from './output-order.ts';
import { runtimeError } from './runtime-error.ts';
import type { Runtime, RuntimeSession } from './runtime-session.ts';
import type { SessionUser } from './session-user.ts';
import { SharedSession } from './shared-session.ts';
import { isWorthSharing } from './workload.ts';

/** An engine over ONNX Runtime: what it holds can be counted, and what its results depend on can be recorded. */
export interface OnnxruntimeEngine extends Engine {
  /** Threads inside an operation of a big graph; other counts give other roundings. */
  readonly threads: number;
  /** Sessions that hold native memory now: one for each program that is compiled and not disposed of. */
  readonly liveSessions: number;
  /** Graphs that are open now, each with a session of its own. */
  readonly openGraphs: number;
  /** @throws EngineError when the file is broken, or the runtime cannot run it */
  openGraph(content: Uint8Array<ArrayBuffer>): Promise<OpenGraph>;
}

/** Compiles programs on a runtime. A program compiled twice has one session. */
export class RuntimeEngine implements OnnxruntimeEngine {
  readonly name: string;
  readonly threads: number;
  readonly #runtime: Runtime;
  readonly #sessions = new Map<Program, SharedSession>();
  readonly #opened = new Set<SessionUser>();
  #disposed: Promise<void> | undefined;

  constructor(runtime: Runtime) {
    this.name = runtime.name;
    this.threads = runtime.threads;
    this.#runtime = runtime;
  }

  get liveSessions(): number {
    return this.#sessions.size;
  }

  get openGraphs(): number {
    return [...this.#opened].filter((each) => each instanceof OnnxruntimeGraph).length;
  }

  async compile<I extends InputTypes, O extends ProgramOutputs>(program: Program<I, O>): Promise<Executable<I, O>> {
    this.#checkAlive();
    const session = this.#sessions.get(program) ?? this.#share(program);
    const executable = new OnnxruntimeExecutable(this.name, program, session, () => this.#opened.delete(executable));
    this.#opened.add(executable);
    try {
      await this.#acquire(session, executable);
    } catch (cause) {
      throw runtimeError(this.name, 'compiling the program', cause);
    }
    return executable;
  }

  async openGraph(content: Uint8Array<ArrayBuffer>): Promise<OpenGraph> {
    this.#checkAlive();
    try {
      const model = withHostTypes(readModel(content));
      // Before there is a session: one that nobody has could not be released.
      const signature = graphSignature(model);
      const settings = { threads: this.threads, fuse: true };
      const session = new SharedSession(this.#runtime.createSession(writeModel(model), settings), () => undefined);
      const graph = new OnnxruntimeGraph(this.name, signature, session, () => this.#opened.delete(graph));
      this.#opened.add(graph);
      await this.#acquire(session, graph);
      return graph;
    } catch (cause) {
      throw runtimeError(this.name, 'opening the graph', cause);
    }
  }

  /** Waits for the session of something that has just been made, which goes again where there is none. */
  async #acquire(session: SharedSession, user: SessionUser): Promise<void> {
    try {
      await session.acquire();
      this.#checkAlive();
    } catch (cause) {
      await user.dispose();
      throw cause;
    }
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
    return this.#runtime.createSession(bytes, {
      threads: isWorthSharing(rewritten) ? this.threads : 1,
      fuse: false,
    });
  }

  dispose(): Promise<void> {
    this.#disposed ??= (async () => {
      await Promise.all([...this.#opened].map((each) => each.dispose()));
      await this.#runtime.dispose();
    })();
    return this.#disposed;
  }
}
