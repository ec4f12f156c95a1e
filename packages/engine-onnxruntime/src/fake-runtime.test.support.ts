import type { NamedTensors, Runtime, RuntimeSession, SessionSettings } from './runtime-session.ts';

/** A runtime that computes nothing and counts: how many sessions live, and how many runs go on at once. */
export class FakeRuntime implements Runtime {
  readonly name = 'fake';
  readonly threads = 2;
  created = 0;
  live = 0;
  running = 0;
  mostRunning = 0;
  readonly threadsOfSessions: number[] = [];
  /** What goes wrong next, if anything. */
  failure: Error | undefined;
  isDisposed = false;
  /** Awaited by each run. */
  gate: Promise<unknown> = Promise.resolve();

  async createSession(_model: Uint8Array, { threads }: SessionSettings): Promise<RuntimeSession> {
    await this.gate;
    if (this.failure !== undefined) throw this.failure;
    this.created++;
    this.live++;
    this.threadsOfSessions.push(threads);
    return { run: (_feeds, outputs) => this.#run(outputs), dispose: async () => void this.live-- };
  }

  async #run(outputs: NamedTensors): Promise<void> {
    this.running++;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    await this.gate;
    if (this.live === 0) throw new Error('the session is gone');
    this.running--;
    if (this.failure !== undefined) throw this.failure;
    for (const { data } of outputs.values()) data.fill(7);
  }

  dispose(): Promise<void> {
    this.isDisposed = true;
    return Promise.resolve();
  }
}
