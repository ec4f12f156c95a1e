import type { OnnxruntimeOptions } from '../onnxruntime-module.ts';
import { RuntimeEngine, type OnnxruntimeEngine } from '../runtime-engine.ts';
import { workerRuntime } from './worker-runtime.ts';

/**
 * The default engine in a thread of its own: the event loop of this one stays free while programs are compiled and
 * run. Feeds and results are copied from thread to thread, so it is for encoding and serving; a training loop, which
 * shares its memory with the runtime, goes into a worker as a whole with `runInWorker`.
 *
 * `dispose` ends the thread. Never call `process.exit` during a run: it takes the process down with an abort.
 *
 * @throws MissingEngineError when onnxruntime-node is not there or has no library for this platform
 */
export async function onnxruntimeWorkerEngine(options: OnnxruntimeOptions = {}): Promise<OnnxruntimeEngine> {
  return new RuntimeEngine(await workerRuntime(options));
}
