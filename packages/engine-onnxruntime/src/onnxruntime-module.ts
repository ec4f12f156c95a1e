import type { DataOf, DType } from '@sentence-mtl/core';
import type { NamedTensors, SessionSettings } from './runtime-session.ts';

/** A tensor of ONNX Runtime; its data is shared with ours, not copied. */
export interface RuntimeTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: unknown;
}

export interface ModuleSession {
  run(
    feeds: Readonly<Record<string, RuntimeTensor>>,
    fetches: Readonly<Record<string, RuntimeTensor | null>>,
  ): Promise<Readonly<Record<string, RuntimeTensor>>>;
  release(): Promise<void>;
}

export interface ModuleSessionOptions {
  readonly [option: string]: unknown;
}

/** What the npm packages onnxruntime-node and onnxruntime-web have in common, and all we use of them. */
export interface OnnxruntimeModule {
  readonly InferenceSession: {
    create(model: Uint8Array, options: ModuleSessionOptions): Promise<ModuleSession>;
  };
  readonly Tensor: new (type: DType, data: DataOf<DType>, dims: readonly number[]) => RuntimeTensor;
}

/** `'cpu'`, `'cuda'`, …, or a provider with options, as ONNX Runtime takes them. */
export type ExecutionProvider = string | { readonly name: string; readonly [option: string]: unknown };

export interface OnnxruntimeOptions {
  /** Threads inside an operation. Programs too small to share run on one. */
  readonly threads?: number;
  readonly executionProviders?: readonly ExecutionProvider[];
  /** Session options of ONNX Runtime, given to it as they are, over the engine's own. */
  readonly sessionOptions?: Readonly<Record<string, unknown>>;
}

/** Errors only; warnings are about graphs that we, not our caller, have made. */
const LOG_ERRORS = 3;

/** What every session is created with; docs/decisions/0004 says what each option was measured to do. */
export function sessionOptions(
  { executionProviders, sessionOptions: given }: OnnxruntimeOptions,
  { threads, fuse }: SessionSettings,
): ModuleSessionOptions {
  return {
    ...(executionProviders === undefined ? {} : { executionProviders }),
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Higher levels fuse what the graphs of our programs do not have: no run is faster, and creation takes a third longer.
    graphOptimizationLevel: fuse ? 'extended' : 'basic',
    enableCpuMemArena: true,
    // A pattern is planned for the first shapes and kept: with changing shapes it costs 300 MB and saves no time.
    enableMemPattern: false,
    logSeverityLevel: LOG_ERRORS,
    // The threads of a session that has run would go on spinning, and take a core from the next session.
    extra: { session: { force_spinning_stop: '1' } },
    ...given,
  };
}

export function providerNames(executionProviders: readonly ExecutionProvider[]): string {
  return executionProviders.map((provider) => (typeof provider === 'string' ? provider : provider.name)).join(', ');
}

export function toRuntimeTensors(module: OnnxruntimeModule, tensors: NamedTensors): Record<string, RuntimeTensor> {
  return Object.fromEntries(
    [...tensors].map(([name, { dtype, shape, data }]) => [name, new module.Tensor(dtype, data, shape)]),
  );
}
