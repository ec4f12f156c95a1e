import { MessageChannel, type MessagePort, type Transferable } from 'node:worker_threads';
import { EngineError, type HostTensor } from '@sentence-mtl/core';
import type { OnnxruntimeOptions } from '../onnxruntime-module.ts';
import { receiveData } from '../receive-data.ts';
import type { NamedTensors, Runtime, RuntimeSession, SessionSettings } from '../runtime-session.ts';
import { receiveError } from './sent-error.ts';
import type { SessionReply, SessionRequest, SessionService } from './session-request.ts';
import { startWorker, type StartedWorker } from './start-worker.ts';

/** From `src` and from `dist` alike: threads run what is built. */
const SERVICE = new URL('../../dist/worker/serve-sessions.js', import.meta.url);

interface Waiting {
  readonly resolve: (reply: SessionReply) => void;
  readonly reject: (error: unknown) => void;
}

/** Asks the thread and matches its answers. The process is kept alive by open questions only. */
class SessionClient {
  readonly #worker: StartedWorker;
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #dead: Error | undefined;

  constructor(options: OnnxruntimeOptions, service: URL) {
    const { port1, port2 } = new MessageChannel();
    const data: SessionService = { port: port2, options };
    this.#port = port1;
    this.#worker = startWorker({ module: service.href, job: 'serveSessions', data }, [port2], () => undefined);
    port1.on('message', (reply: SessionReply) => this.#settle(reply));
    const ended = (cause?: unknown): void => this.#end(cause);
    this.#worker.result.then(() => ended(), ended);
    this.#hold();
  }

  get isDead(): boolean {
    return this.#dead !== undefined;
  }

  ask(request: SessionRequest, transfer: readonly Transferable[] = []): Promise<SessionReply> {
    return new Promise((resolve, reject) => {
      if (this.#dead !== undefined) return reject(this.#dead);
      const id = this.#asked++;
      this.#port.postMessage({ ...request, id }, transfer);
      this.#waiting.set(id, { resolve, reject });
      this.#hold();
    });
  }

  #settle(reply: SessionReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    this.#hold();
    if (reply.error === undefined) waiting?.resolve(reply);
    else waiting?.reject(receiveError(reply.error));
  }

  #end(cause: unknown): void {
    this.#dead = cause instanceof Error ? cause : new EngineError('the worker thread of this engine has ended');
    for (const { reject } of this.#waiting.values()) reject(this.#dead);
    this.#waiting.clear();
    this.#port.close();
  }

  #hold(): void {
    const keep = this.#waiting.size > 0;
    this.#worker.hold(keep);
    if (keep) this.#port.ref();
    else this.#port.unref();
  }

  /** Waits for the thread to be gone; one that has died already is gone too. */
  async close(): Promise<void> {
    if (this.isDead) return;
    // The answer and the end of the thread come by different ports, in either order.
    const answered = this.ask({ kind: 'close' });
    await Promise.race([this.#worker.result, answered]);
    this.#worker.hold(true);
    await this.#worker.result;
  }
}

class WorkerSession implements RuntimeSession {
  readonly #client: SessionClient;
  readonly #number: number;

  constructor(client: SessionClient, number: number) {
    this.#client = client;
    this.#number = number;
  }

  async run(feeds: NamedTensors, outputs: NamedTensors): Promise<void> {
    // Copies: a view of a larger memory would take all of it along, and a moved one would be lost to its owner.
    const copies = [...feeds].map(([name, tensor]) => [name, copyTensor(tensor)] as const);
    const specifications = [...outputs].map(([name, { dtype, shape }]) => [name, { dtype, shape }] as const);
    const { outputs: results = [] } = await this.#client.ask(
      { kind: 'run', session: this.#number, feeds: copies, outputs: specifications },
      copies.map(([, { data }]) => data.buffer as ArrayBuffer),
    );
    for (const [index, into] of [...outputs.values()].entries()) receiveData(into, results[index]?.data);
  }

  async dispose(): Promise<void> {
    if (!this.#client.isDead) await this.#client.ask({ kind: 'dispose', session: this.#number });
  }
}

function copyTensor(tensor: HostTensor): HostTensor {
  switch (tensor.dtype) {
    case 'float32':
      return { ...tensor, data: tensor.data.slice() };
    case 'int32':
      return { ...tensor, data: tensor.data.slice() };
    case 'bool':
      return { ...tensor, data: tensor.data.slice() };
  }
}

class WorkerRuntime implements Runtime {
  readonly name: string;
  readonly threads: number;
  readonly #client: SessionClient;
  #created = 0;

  constructor(client: SessionClient, { name, threads }: { readonly name: string; readonly threads: number }) {
    this.name = `${name} in a worker`;
    this.threads = threads;
    this.#client = client;
  }

  async createSession(model: Uint8Array<ArrayBuffer>, settings: SessionSettings): Promise<RuntimeSession> {
    const session = this.#created++;
    await this.#client.ask({ kind: 'create', session, model, settings }, [model.buffer]);
    return new WorkerSession(this.#client, session);
  }

  async dispose(): Promise<void> {
    await this.#client.close();
  }
}

/** ONNX Runtime in a thread of its own; models and feeds are sent there. @throws MissingEngineError */
export async function workerRuntime(options: OnnxruntimeOptions, service: URL = SERVICE): Promise<Runtime> {
  const client = new SessionClient(options, service);
  try {
    const { runtime } = await client.ask({ kind: 'open' });
    if (runtime === undefined) throw new EngineError('the worker thread did not describe its runtime');
    return new WorkerRuntime(client, runtime);
  } catch (error) {
    await client.close();
    throw error;
  }
}
