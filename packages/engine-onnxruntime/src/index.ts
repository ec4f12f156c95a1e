export { onnxruntimeEngine, onnxruntimeWebEngine } from './onnxruntime-engine.ts';
export type { OnnxruntimeEngine, OnnxruntimeOptions } from './onnxruntime-engine.ts';
export type { ExecutionProvider } from './runtime-session.ts';
