// The job of a worker engine's thread: creates, runs and disposes of sessions as it is asked to.
import type { MessagePort } from 'node:worker_threads';
import { DisposedError, unreachable } from '@sentence-mtl/core';
import { emptyTensor } from '../empty-tensor.ts';
import { nodeRuntime } from '../node-runtime.ts';
import type { Runtime, RuntimeSession } from '../runtime-session.ts';
import { sendError } from './sent-error.ts';
import type { NumberedRequest, SessionReply, SessionRequest, SessionService } from './session-request.ts';

type Answer = Omit<SessionReply, 'id' | 'error'>;

class SessionServer {
  readonly #loaded: Promise<Runtime>;
  readonly #sessions = new Map<number, RuntimeSession>();

  constructor(loaded: Promise<Runtime>) {
    this.#loaded = loaded;
  }

  async answer(request: SessionRequest): Promise<Answer> {
    const runtime = await this.#loaded;
    switch (request.kind) {
      case 'open':
        return { runtime: { name: runtime.name, threads: runtime.threads } };
      case 'create':
        this.#sessions.set(request.session, await runtime.createSession(request.model, request.settings));
        return {};
      case 'run':
        return { outputs: await this.#run(request) };
      case 'dispose':
        await this.#sessions.get(request.session)?.dispose();
        this.#sessions.delete(request.session);
        return {};
      case 'close':
        await runtime.dispose();
        return {};
      default:
        return unreachable(request);
    }
  }

  async #run({ session, feeds, outputs }: SessionRequest & { kind: 'run' }): Promise<NonNullable<Answer['outputs']>> {
    const found = this.#sessions.get(session);
    if (found === undefined) throw new DisposedError(`session ${session} does not exist, or no longer`);
    const results = new Map(outputs.map(([name, { dtype, shape }]) => [name, emptyTensor(dtype, shape)]));
    await found.run(new Map(feeds), results);
    return [...results.values()];
  }
}

function send(port: MessagePort, reply: SessionReply): void {
  port.postMessage(
    reply,
    (reply.outputs ?? []).map(({ data }) => data.buffer).filter((buffer) => buffer instanceof ArrayBuffer),
  );
}

/** Answers requests until one of them closes the service. */
export function serveSessions({ port, options }: SessionService): Promise<void> {
  const server = new SessionServer(nodeRuntime(options));
  return new Promise((resolve) => {
    port.on('message', ({ id, ...request }: NumberedRequest) => {
      server
        .answer(request)
        .then(
          (answer) => send(port, { id, ...answer }),
          (error: unknown) => send(port, { id, error: sendError(error) }),
        )
        .finally(() => {
          if (request.kind !== 'close') return;
          port.close();
          resolve();
        });
    });
  });
}
