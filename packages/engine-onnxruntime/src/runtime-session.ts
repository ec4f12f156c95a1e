import type { DataOf, DType } from '@sentence-mtl/core';

/** A tensor as it is handed to a runtime and back: the memory is shared, not copied, where the runtime can. */
export interface RuntimeTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: DataOf<DType>;
}

export type RuntimeTensors = Readonly<Record<string, RuntimeTensor>>;

/** A model ready to run. All that the engine knows of a runtime: another one joins by implementing this. */
export interface RuntimeSession {
  /** @param into tensors that receive the outputs of their names; the others are new */
  run(feeds: RuntimeTensors, outputs: readonly string[], into: RuntimeTensors): Promise<RuntimeTensors>;
  release(): Promise<void>;
}

export interface SessionSettings {
  readonly executionProviders: readonly ExecutionProvider[];
  /** Threads inside an operation; undefined leaves it to the runtime. */
  readonly threads: number | undefined;
  /** Given to the runtime as they are, over the engine's own. */
  readonly runtimeOptions: Readonly<Record<string, unknown>>;
}

/** `'cpu'`, `'cuda'`, …, or a provider with options, as ONNX Runtime takes them. */
export type ExecutionProvider = string | { readonly name: string; readonly [option: string]: unknown };

/** Where sessions come from. */
export interface Runtime {
  /** The npm package, for messages: `onnxruntime-node`. */
  readonly name: string;
  createSession(model: Uint8Array, settings: SessionSettings): Promise<RuntimeSession>;
}
