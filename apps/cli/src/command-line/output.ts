import type { Writable } from 'node:stream';
import { BrokenPipeError } from './errors.ts';

/** A place to write text to: a terminal, a pipe or a file. */
export interface Output {
  /** A person looks at it as it comes: lines may be rewritten and coloured. */
  readonly isTerminal: boolean;
  /** The width of lines. */
  columns(): number;
  /**
   * Waits until what was written has been taken, so that a slow reader slows the writer.
   *
   * @throws BrokenPipeError where nobody reads any more
   */
  write(text: string): Promise<void>;
}

interface TerminalSize {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Of what is no terminal, and of terminals that do not know. */
const WIDTH = 80;

function isClosed(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'EOF';
}

/** The output of a stream. A stream's errors come back from `write`, never as an event that ends the process. */
export function outputTo(
  stream: Writable & TerminalSize,
  environment: Readonly<Record<string, string | undefined>>,
): Output {
  stream.on('error', () => undefined);
  return {
    isTerminal: stream.isTTY === true && environment['TERM'] !== 'dumb',
    columns: () => stream.columns || WIDTH,
    write: async (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (!error) resolve();
          else
            reject(isClosed(error) ? new BrokenPipeError('nobody reads the output any more', { cause: error }) : error);
        });
      }),
  };
}
