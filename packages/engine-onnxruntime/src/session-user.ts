import { DisposedError } from '@sentence-mtl/core';
import { runtimeError } from './runtime-error.ts';
import type { NamedTensors } from './runtime-session.ts';
import type { SharedSession } from './shared-session.ts';

/** What messages call a user of a session. */
export interface SessionWords {
  /** The engine, by its name. */
  readonly engine: string;
  /** What fails when a run does: `the run`. */
  readonly run: string;
  /** What is said to someone who runs it after its end. */
  readonly disposed: string;
}

/** Something an engine has made that runs on a session, until its end: an executable, a graph. */
export abstract class SessionUser implements AsyncDisposable {
  readonly #words: SessionWords;
  readonly #session: SharedSession;
  readonly #onDispose: () => void;
  #disposed: Promise<void> | undefined;

  constructor(words: SessionWords, session: SharedSession, onDispose: () => void) {
    this.#words = words;
    this.#session = session;
    this.#onDispose = onDispose;
  }

  /** @throws DisposedError after `dispose` */
  protected checkAlive(): void {
    if (this.#disposed !== undefined) throw new DisposedError(this.#words.disposed);
  }

  /** Fills the outputs. @throws EngineError when the runtime fails */
  protected async runSession(feeds: NamedTensors, outputs: NamedTensors): Promise<void> {
    try {
      await this.#session.run(feeds, outputs);
    } catch (cause) {
      throw runtimeError(this.#words.engine, this.#words.run, cause);
    }
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
