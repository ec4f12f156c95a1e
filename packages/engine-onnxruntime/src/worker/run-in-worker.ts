import type { Transferable } from 'node:worker_threads';
import { startWorker } from './start-worker.ts';

export interface WorkerJob<Data, Event> {
  /** The module that exports the job: `new URL('./training-job.js', import.meta.url)`. */
  readonly module: URL;
  /** The name of the exported function, a `Job`. Default `job`. */
  readonly job?: string;
  /** Copied to the thread. The memory of a WebAssembly module cannot be sent: the job makes its own. */
  readonly data: Data;
  /** What of the data is moved instead of copied. */
  readonly transfer?: readonly Transferable[];
  readonly onEvent?: (event: Event) => void;
  /** Aborts the job's own signal; the run in hand is finished first. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a job in a thread of its own and leaves this one's event loop free: a run of ONNX Runtime blocks the thread
 * it is called on. The job owns its engine, its memory and its loop; what comes out are events and a result.
 *
 * An abort is a request: the job sees it in `context.signal`, ends, and its result or error comes back. Never call
 * `process.exit` while a job runs: ended in the middle of a run, ONNX Runtime takes the process down with it.
 *
 * @throws what the job throws: an error of this project as one, with its class where that is core's, others with their
 *   name, message and code
 * @throws the signal's reason when the job ends with an AbortError because of it
 * @throws EngineError when the thread dies
 */
export async function runInWorker<Result, Data = unknown, Event = unknown>(
  work: WorkerJob<Data, Event>,
): Promise<Result> {
  const { module, job = 'job', data, transfer = [], onEvent, signal } = work;
  signal?.throwIfAborted();
  const worker = startWorker({ module: module.href, job, data }, transfer, (event) => onEvent?.(event as Event));
  signal?.addEventListener('abort', worker.abort, { once: true });
  try {
    return (await worker.result) as Result;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', worker.abort);
  }
}
