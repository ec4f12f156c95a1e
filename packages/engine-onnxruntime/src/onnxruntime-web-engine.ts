import type { OnnxruntimeOptions } from './onnxruntime-module.ts';
import { RuntimeEngine, type OnnxruntimeEngine } from './runtime-engine.ts';
import { webRuntime } from './web-runtime.ts';

/**
 * ONNX Runtime as WebAssembly, slower and everywhere: browsers, Alpine Linux, Intel Macs. Runs on one thread.
 *
 * @throws MissingEngineError when onnxruntime-web is not installed
 */
export async function onnxruntimeWebEngine(options: OnnxruntimeOptions = {}): Promise<OnnxruntimeEngine> {
  return new RuntimeEngine(await webRuntime(options));
}
