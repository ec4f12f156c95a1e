/** What a job in a worker thread has of the outside. */
export interface JobContext<Event = unknown> {
  /** Aborted when the caller wants the job to end: look at it between two runs. */
  readonly signal: AbortSignal;
  /** Sends an event to the caller; it is copied as `structuredClone` copies. */
  emit(event: Event): void;
}

/** A function that a worker thread calls: its data, events and result are copied from thread to thread. */
export type Job<Data, Event, Result> = (data: Data, context: JobContext<Event>) => Result | Promise<Result>;
