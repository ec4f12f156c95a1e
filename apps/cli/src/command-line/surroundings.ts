import type { Interruption } from './interruption.ts';
import type { Output } from './output.ts';

/** The process as the program sees it; tests pass one of their own. */
export interface Surroundings {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds of a clock that only runs forward. */
  readonly now: () => number;
  /** The time of the day. */
  readonly date: () => Date;
  /** The most bytes of memory that the process has had. */
  readonly peakMemory: () => number;
  readonly workingDirectory: string;
  readonly interruption: Interruption;
}
