import { onnxruntimeEngine, type OnnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';

/**
 * The default engine, whose sessions' threads stop waiting for work when a run ends: each session has threads of its
 * own, and those of the one before would take the processor from the one that is being timed.
 */
export function benchEngine(threads?: number): Promise<OnnxruntimeEngine> {
  return onnxruntimeEngine({
    ...(threads !== undefined && { threads }),
    sessionOptions: { extra: { session: { force_spinning_stop: '1' } } },
  });
}
