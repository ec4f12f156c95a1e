import type * as threads from 'node:worker_threads';

/** Tests read the sources of all packages by a condition of resolution; threads, which run what is built, must not. */
export function withBuiltWorkers(original: typeof threads): typeof threads {
  class BuiltWorker extends original.Worker {
    constructor(module: string | URL, options?: threads.WorkerOptions) {
      super(module, { ...options, execArgv: [] });
    }
  }
  return { ...original, Worker: BuiltWorker };
}
