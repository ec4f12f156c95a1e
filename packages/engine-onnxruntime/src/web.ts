// The entry for browsers, and for platforms that the native library is not built for: nothing here is Node's.
export type { ExecutionProvider, OnnxruntimeOptions } from './onnxruntime-module.ts';
export { onnxruntimeWebEngine } from './onnxruntime-web-engine.ts';
export type { OnnxruntimeEngine } from './runtime-engine.ts';
