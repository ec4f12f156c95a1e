import { MissingEngineError } from '@sentence-mtl/core';
import {
  providerNames,
  sessionOptions,
  toRuntimeTensors,
  type ModuleSession,
  type OnnxruntimeModule,
  type OnnxruntimeOptions,
} from './onnxruntime-module.ts';
import { receiveData } from './receive-data.ts';
import { reasonOf } from './runtime-error.ts';
import type { NamedTensors, Runtime, RuntimeSession, SessionSettings } from './runtime-session.ts';

/** ONNX Runtime as WebAssembly: it computes in a memory of its own, so results are copied to where they are wanted. */
class WebSession implements RuntimeSession {
  readonly #module: OnnxruntimeModule;
  readonly #session: ModuleSession;

  constructor(module: OnnxruntimeModule, session: ModuleSession) {
    this.#module = module;
    this.#session = session;
  }

  async run(feeds: NamedTensors, outputs: NamedTensors): Promise<void> {
    const fetches = Object.fromEntries([...outputs.keys()].map((name) => [name, null]));
    const results = await this.#session.run(toRuntimeTensors(this.#module, feeds), fetches);
    for (const [name, into] of outputs) receiveData(into, results[name]?.data);
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

class WebRuntime implements Runtime {
  readonly name: string;
  readonly threads = 1;
  readonly #module: OnnxruntimeModule;
  readonly #options: OnnxruntimeOptions;
  #created: Promise<unknown> = Promise.resolve();

  constructor(module: OnnxruntimeModule, options: OnnxruntimeOptions) {
    const { executionProviders = ['wasm'] } = options;
    this.name = `onnxruntime-web ${providerNames(executionProviders)}`;
    this.#module = module;
    this.#options = { ...options, executionProviders };
  }

  /** One after another: the first creation loads the WebAssembly module, and a second at that time would fail. */
  createSession(model: Uint8Array, settings: SessionSettings): Promise<RuntimeSession> {
    const created = this.#created.then(async () => {
      const session = await this.#module.InferenceSession.create(model, sessionOptions(this.#options, settings));
      return new WebSession(this.#module, session);
    });
    this.#created = created.catch(() => undefined);
    return created;
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

const loadPackage = (): Promise<OnnxruntimeModule> => import('onnxruntime-web');

/** Loads onnxruntime-web, at the first call and not before. @throws MissingEngineError when it is not installed */
export async function webRuntime(
  options: OnnxruntimeOptions,
  load: () => Promise<OnnxruntimeModule> = loadPackage,
): Promise<Runtime> {
  try {
    return new WebRuntime(await load(), options);
  } catch (cause) {
    throw new MissingEngineError(
      `onnxruntime-web cannot be loaded (${reasonOf(cause)}); install it with: npm install onnxruntime-web`,
      { cause },
    );
  }
}
