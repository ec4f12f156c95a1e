export { onnxruntimeEngine } from './onnxruntime-engine.ts';
export type { ExecutionProvider, OnnxruntimeOptions } from './onnxruntime-module.ts';
export type { OnnxruntimeEngine } from './runtime-engine.ts';
export type { Job, JobContext } from './worker/job.ts';
export { onnxruntimeWorkerEngine } from './worker/onnxruntime-worker-engine.ts';
export { runInWorker } from './worker/run-in-worker.ts';
export type { WorkerJob } from './worker/run-in-worker.ts';
