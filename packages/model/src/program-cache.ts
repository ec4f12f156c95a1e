import { DisposedError } from '@sentence-mtl/core';
import type { ProgramOutputs } from '@sentence-mtl/program';
import type { EncodingRun } from './encoding-run.ts';

/** Compiled programs that are kept: far more than the sets of tasks that a caller asks for, far fewer than there are. */
const MOST_IDLE = 16;

interface Entry<O extends ProgramOutputs> {
  readonly run: Promise<EncodingRun<O>>;
  users: number;
}

/** Compiled programs by name; those that were longest out of use are let go of where they become many. */
export class ProgramCache<O extends ProgramOutputs> {
  /** In the order of their last use. */
  readonly #entries = new Map<string, Entry<O>>();
  #disposed = false;

  /**
   * Runs something with a compiled program, which is compiled where it is not there yet.
   *
   * @throws DisposedError after `dispose`
   */
  async *use<T>(
    key: string,
    compile: () => Promise<EncodingRun<O>>,
    work: (run: EncodingRun<O>) => AsyncIterable<T>,
  ): AsyncGenerator<T, void, undefined> {
    if (this.#disposed) throw new DisposedError('this model has been disposed of; load it again');
    const entry = this.#entries.get(key) ?? { run: compile(), users: 0 };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.users++;
    try {
      yield* work(await entry.run);
    } catch (error) {
      // Another caller may have begun anew meanwhile.
      if ((await failed(entry.run)) && this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    } finally {
      entry.users--;
      await this.#letGo();
    }
  }

  async #letGo(): Promise<void> {
    const idle = [...this.#entries].filter(([, { users }]) => users === 0);
    for (const [key, { run }] of idle.slice(0, Math.max(0, this.#entries.size - MOST_IDLE))) {
      this.#entries.delete(key);
      await (await run).executable.dispose();
    }
  }

  /** Frees the native memory of all of them, after the runs in hand. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    const compiled = await Promise.allSettled(entries.map(async ({ run }) => run));
    await Promise.all(
      compiled.map(async (each) => (each.status === 'fulfilled' ? each.value.executable.dispose() : undefined)),
    );
  }
}

async function failed(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => false,
    () => true,
  );
}
