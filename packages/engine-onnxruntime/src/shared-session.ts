import type { NamedTensors, RuntimeSession } from './runtime-session.ts';

/** A session used by several executables of one program. Runs wait for one another, and so does its end. */
export class SharedSession {
  readonly #created: Promise<RuntimeSession>;
  readonly #onUnused: () => void;
  #queue: Promise<unknown>;
  #users = 0;

  constructor(created: Promise<RuntimeSession>, onUnused: () => void) {
    this.#created = created;
    this.#onUnused = onUnused;
    this.#queue = created.catch(() => undefined);
  }

  /** Adds a user, who calls `release` in the end, and waits until the session exists. */
  async acquire(): Promise<void> {
    this.#users++;
    await this.#created;
  }

  run(feeds: NamedTensors, outputs: NamedTensors): Promise<void> {
    const run = this.#queue.then(async () => {
      const session = await this.#created;
      await session.run(feeds, outputs);
    });
    this.#queue = run.catch(() => undefined);
    return run;
  }

  /** Resolves after the runs asked for so far; the last user takes the session along. */
  async release(): Promise<void> {
    this.#users--;
    const isLast = this.#users === 0;
    if (isLast) this.#onUnused();
    await this.#queue;
    if (!isLast) return;
    const session = await this.#created.catch(() => undefined);
    await session?.dispose();
  }
}
