import { nodeRuntime } from './node-runtime.ts';
import type { OnnxruntimeOptions } from './onnxruntime-module.ts';
import { RuntimeEngine, type OnnxruntimeEngine } from './runtime-engine.ts';

/**
 * The default engine: ONNX Runtime's native library, from its npm package alone.
 *
 * A run blocks the thread it is called on; `onnxruntimeWorkerEngine` and `runInWorker` leave the event loop free.
 *
 * @throws MissingEngineError when the package is not there or has no library for this platform
 */
export async function onnxruntimeEngine(options: OnnxruntimeOptions = {}): Promise<OnnxruntimeEngine> {
  return new RuntimeEngine(await nodeRuntime(options));
}
