import { MissingEngineError } from '@sentence-mtl/core';
import { runtimeOver } from './onnxruntime-session.ts';
import type { Runtime } from './runtime-session.ts';

function missing(name: string, cause: unknown): MissingEngineError {
  const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
  return new MissingEngineError(`${name} cannot be loaded (${reason}); install it with: npm install ${name}`, { cause });
}

/** ONNX Runtime's native library, which comes inside its npm package. @throws MissingEngineError */
export async function loadNodeRuntime(): Promise<Runtime> {
  try {
    const module = await import('onnxruntime-node');
    return runtimeOver('onnxruntime-node', module);
  } catch (cause) {
    throw missing('onnxruntime-node', cause);
  }
}

/** ONNX Runtime as WebAssembly: for browsers, Alpine Linux and Intel Macs. @throws MissingEngineError */
export async function loadWebRuntime(): Promise<Runtime> {
  try {
    const module = await import('onnxruntime-web');
    return runtimeOver('onnxruntime-web', module);
  } catch (cause) {
    throw missing('onnxruntime-web', cause);
  }
}
