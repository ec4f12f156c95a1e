import { availableParallelism } from 'node:os';
import { FeedError, MissingEngineError } from '@sentence-mtl/core';
import {
  providerNames,
  sessionOptions,
  toRuntimeTensors,
  type ModuleSession,
  type OnnxruntimeModule,
  type OnnxruntimeOptions,
} from './onnxruntime-module.ts';
import { findRefusal, UNCOPIED, withUncopiedResults } from './result-copies.ts';
import { reasonOf } from './runtime-error.ts';
import type { NamedTensors, Runtime, RuntimeSession, SessionSettings } from './runtime-session.ts';
import { withoutTelemetry } from './without-telemetry.ts';

/** What Node says below 22 of a typed array over shared memory. */
const INVALID = 'Invalid argument';

/** ONNX Runtime's native library: outputs are written where they are wanted. */
class NodeSession implements RuntimeSession {
  readonly #module: OnnxruntimeModule;
  readonly #session: ModuleSession;
  /** The message with which results are refused after a run that went well, if the session is made for that. */
  readonly #refusal: string | undefined;

  constructor(module: OnnxruntimeModule, session: ModuleSession, refusal: string | undefined) {
    this.#module = module;
    this.#session = session;
    this.#refusal = refusal;
  }

  async run(feeds: NamedTensors, outputs: NamedTensors): Promise<void> {
    const inputs = toRuntimeTensors(this.#module, feeds);
    const fetches = toRuntimeTensors(this.#module, outputs);
    try {
      await this.#session.run(inputs, this.#refusal === undefined ? fetches : { [UNCOPIED]: null, ...fetches });
    } catch (cause) {
      const reason = reasonOf(cause);
      if (reason === this.#refusal) return;
      const shared = [...feeds, ...outputs].find(([, { data }]) => data.buffer instanceof SharedArrayBuffer);
      if (shared === undefined || reason !== INVALID) throw cause;
      const message = `"${shared[0]}" is in a SharedArrayBuffer, which onnxruntime-node takes from Node 22 on; use an ArrayBuffer`;
      throw new FeedError(message, { cause });
    }
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

class NodeRuntime implements Runtime {
  readonly name: string;
  readonly threads: number;
  readonly #module: OnnxruntimeModule;
  readonly #options: OnnxruntimeOptions;
  #refusal: Promise<string | undefined> | undefined;

  constructor(module: OnnxruntimeModule, options: OnnxruntimeOptions) {
    const { executionProviders = ['cpu'], threads = availableParallelism() } = options;
    this.name = `onnxruntime-node ${providerNames(executionProviders)}`;
    this.threads = threads;
    this.#module = module;
    this.#options = { ...options, executionProviders };
  }

  async createSession(model: Uint8Array, settings: SessionSettings): Promise<RuntimeSession> {
    this.#refusal ??= findRefusal(this.#module, sessionOptions(this.#options, { threads: 1, fuse: false }));
    const refusal = await this.#refusal;
    const bytes = refusal === undefined ? model : withUncopiedResults(model);
    const session = await this.#module.InferenceSession.create(bytes, sessionOptions(this.#options, settings));
    return new NodeSession(this.#module, session, refusal);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

const loadPackage = (): Promise<OnnxruntimeModule> => import('onnxruntime-node');

/**
 * Loads onnxruntime-node, at the first call and not before.
 *
 * @throws MissingEngineError when the package is not there or has no library for this platform
 */
export async function nodeRuntime(
  options: OnnxruntimeOptions,
  load: () => Promise<OnnxruntimeModule> = loadPackage,
): Promise<Runtime> {
  withoutTelemetry();
  try {
    return new NodeRuntime(await load(), options);
  } catch (cause) {
    throw new MissingEngineError(
      `onnxruntime-node cannot be loaded here (${reasonOf(cause)}); install it with: npm install onnxruntime-node (on platforms it has no library for: npm install onnxruntime-web, and use onnxruntimeWebEngine)`,
      { cause },
    );
  }
}
