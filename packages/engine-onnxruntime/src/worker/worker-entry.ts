// The first module of a worker thread: loads the job, runs it, says how it ended.
import { exit } from 'node:process';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { ArgumentError, EngineError } from '@sentence-mtl/core';
import type { JobContext } from './job.ts';
import type { JobOrder, WorkerMessage } from './message.ts';
import { sendError } from './sent-error.ts';

type UnknownJob = (data: unknown, context: JobContext) => unknown;

function isJob(value: unknown): value is UnknownJob {
  return typeof value === 'function';
}

async function loadJob({ module, job }: JobOrder): Promise<UnknownJob> {
  const exported: Readonly<Record<string, unknown>> = await import(module);
  const found = exported[job];
  if (isJob(found)) return found;
  throw new ArgumentError(`${module} exports no function "${job}"; it exports ${Object.keys(exported).join(', ')}`);
}

async function runJob(port: MessagePort, order: JobOrder): Promise<void> {
  const send = (message: WorkerMessage): void => port.postMessage(message);
  const abort = new AbortController();
  // The one message that comes in says that the caller wants an end.
  port.on('message', () => abort.abort());
  try {
    const job = await loadJob(order);
    const result = await job(order.data, { signal: abort.signal, emit: (event) => send({ kind: 'event', event }) });
    send({ kind: 'done', result });
  } catch (error) {
    send({ kind: 'failed', error: sendError(error) });
  }
  // From inside, between two runs, a thread ends safely; ended from outside during one, it takes the process along.
  exit(0);
}

if (parentPort === null) throw new EngineError('this module is the start of a worker thread; runInWorker starts it');
await runJob(parentPort, workerData as JobOrder);
