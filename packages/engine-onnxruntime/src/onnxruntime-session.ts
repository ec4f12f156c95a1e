import { EngineError, unreachable, type DataOf, type DType } from '@sentence-mtl/core';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Runtime, RuntimeSession, RuntimeTensor, RuntimeTensors, SessionSettings } from './runtime-session.ts';

/** What onnxruntime-node and onnxruntime-web have in common. */
export interface OnnxruntimeModule {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: typeof Tensor;
}

/** Errors only; warnings are about graphs that we, not our caller, have made. */
const LOG_ERRORS = 3;

function toTensor(module: OnnxruntimeModule, { dtype, shape, data }: RuntimeTensor): Tensor {
  return new module.Tensor(dtype, data, shape);
}

function fromTensor(name: string, tensor: Tensor): RuntimeTensor {
  const dtype: DType | undefined = (['float32', 'int32', 'bool'] as const).find((known) => known === tensor.type);
  if (dtype === undefined) throw new EngineError(`output "${name}" came back as ${tensor.type}`);
  return { dtype, shape: tensor.dims, data: tensor.data as DataOf<DType> };
}

class OnnxruntimeSession implements RuntimeSession {
  readonly #module: OnnxruntimeModule;
  readonly #session: InferenceSession;

  constructor(module: OnnxruntimeModule, session: InferenceSession) {
    this.#module = module;
    this.#session = session;
  }

  async run(feeds: RuntimeTensors, outputs: readonly string[], into: RuntimeTensors): Promise<RuntimeTensors> {
    const inputs = Object.entries(feeds).map(([name, tensor]) => [name, toTensor(this.#module, tensor)] as const);
    const fetches = outputs.map((name) => {
      const given = into[name];
      return [name, given === undefined ? null : toTensor(this.#module, given)] as const;
    });
    const results = await this.#session.run(Object.fromEntries(inputs), Object.fromEntries(fetches));
    return Object.fromEntries(
      outputs.map((name) => {
        const result = results[name];
        if (result === undefined) return unreachable(result as never);
        return [name, into[name] ?? fromTensor(name, result)];
      }),
    );
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}

/** The options of every session; see docs/decisions/0004 for what each was measured to do. */
function sessionOptions({ executionProviders, threads, runtimeOptions }: SessionSettings): InferenceSession.SessionOptions {
  return {
    executionProviders: executionProviders as InferenceSession.ExecutionProviderConfig[],
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    // The pattern of one shape is kept for all: with changing shapes it costs 300 MB and saves no time.
    enableMemPattern: false,
    logSeverityLevel: LOG_ERRORS,
    extra: { session: { set_denormal_as_zero: '1' } },
    ...runtimeOptions,
  };
}

/** A runtime over a loaded module. */
export function runtimeOver(name: string, module: OnnxruntimeModule): Runtime {
  return {
    name,
    async createSession(model, settings) {
      const session = await module.InferenceSession.create(model, sessionOptions(settings));
      return new OnnxruntimeSession(module, session);
    },
  };
}
