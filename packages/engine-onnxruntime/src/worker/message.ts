import type { SentError } from './sent-error.ts';

/** What a worker thread is started with. */
export interface JobOrder {
  /** URL of the module that has the job. */
  readonly module: string;
  /** The name under which the module exports it. */
  readonly job: string;
  readonly data: unknown;
}

/** What a worker thread tells; the last message says how the job ended. */
export type WorkerMessage =
  | { readonly kind: 'event'; readonly event: unknown }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly error: SentError };
