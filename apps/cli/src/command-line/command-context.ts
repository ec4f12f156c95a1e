import type { Output } from './output.ts';
import type { Progress, ProgressOptions } from './progress-display.ts';

/** What a command has of the world outside: it touches nothing else of it but files. */
export interface CommandContext {
  readonly stdin: NodeJS.ReadableStream;
  /** For output that is streamed; a result of one piece goes to `result`. */
  readonly stdout: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds of a clock that only runs forward. */
  readonly now: () => number;
  /** The time of the day. */
  readonly date: () => Date;
  /** The most bytes of memory that the program has had. */
  readonly peakMemory: () => number;
  /** Aborted when the program is to finish the batch in hand and leave: the first Ctrl-C. */
  readonly stop: AbortSignal;
  /** Aborted when it is to leave without finishing anything: the second Ctrl-C. */
  readonly quit: AbortSignal;
  /** The command line ready to be typed again, with one option more. */
  readonly commandLineWith: (option: string) => string;
  /** A path of the command line, made absolute. */
  readonly resolve: (path: string) => string;
  /** Writes the command's result: the value as JSON with `--json`, else the text for people. */
  readonly result: (value: object, text: string) => Promise<void>;
  /** Tells programs what happens on the way: a line of JSON on standard output with `--json`, else nothing. */
  readonly event: (value: object) => Promise<void>;
  /** Says something that is not the result, on standard error; nothing with `--quiet`. */
  readonly note: (text: string) => Promise<void>;
  /** Shows how far the work is, on standard error; nothing with `--quiet`. */
  readonly progress: (options: ProgressOptions) => Progress;
}
