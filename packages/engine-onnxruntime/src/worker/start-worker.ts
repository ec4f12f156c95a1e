import { Worker, type Transferable } from 'node:worker_threads';
import { EngineError } from '@sentence-mtl/core';
import { reasonOf } from '../runtime-error.ts';
import { withoutTelemetry } from '../without-telemetry.ts';
import type { JobOrder, WorkerMessage } from './message.ts';
import { receiveError } from './sent-error.ts';

/** From `src` and from `dist` alike: threads run what is built. */
const ENTRY = new URL('../../dist/worker/worker-entry.js', import.meta.url);

export interface StartedWorker {
  /** How the job ended, once the thread is gone. */
  readonly result: Promise<unknown>;
  /** Asks the job to end; it does so between two runs. */
  readonly abort: () => void;
  /** Whether the thread keeps the process alive. */
  readonly hold: (keep: boolean) => void;
}

type Outcome = { readonly result: unknown } | { readonly error: unknown };

/** Starts a thread for a job. The thread ends itself; nobody ever terminates it. */
export function startWorker(
  order: JobOrder,
  transfer: readonly Transferable[],
  onEvent: (event: unknown) => void,
): StartedWorker {
  withoutTelemetry(); // no use inside: the thread's environment is a copy
  const worker = new Worker(ENTRY, { workerData: order, transferList: [...transfer] });
  const abort = (): void => worker.postMessage('abort');
  let outcome: Outcome | undefined;
  const result = new Promise<unknown>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'done') outcome ??= { result: message.result };
      else if (message.kind === 'failed') outcome ??= { error: receiveError(message.error) };
      else if (outcome === undefined) {
        try {
          onEvent(message.event);
        } catch (error) {
          outcome = { error };
          abort();
        }
      }
    });
    worker.on('error', (cause) => {
      outcome ??= { error: new EngineError(`the worker thread died: ${reasonOf(cause)}`, { cause }) };
    });
    worker.on('exit', (code) => {
      outcome ??= { error: new EngineError(`the worker thread ended with code ${code} before its job was done`) };
      if ('error' in outcome) reject(outcome.error as Error);
      else resolve(outcome.result);
    });
  });
  return { result, abort, hold: (keep) => (keep ? worker.ref() : worker.unref()) };
}
