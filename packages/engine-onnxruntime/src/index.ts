export { onnxruntimeEngine } from './onnxruntime-engine.ts';
export type { ExecutionProvider, OnnxruntimeOptions } from './onnxruntime-module.ts';
export { onnxruntimeWebEngine } from './onnxruntime-web-engine.ts';
export type { OnnxruntimeEngine } from './runtime-engine.ts';
