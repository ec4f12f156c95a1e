import { InterruptedError } from './errors.ts';

/** Signals by which a person or a supervisor ends the program. */
export type EndSignal = 'SIGINT' | 'SIGTERM';

/** Exit codes of a shell: 128 and the signal's number. */
const EXIT_CODES: Readonly<Record<EndSignal, number>> = { SIGINT: 130, SIGTERM: 143 };

/**
 * The two ways to end early. The first signal asks the command to finish the batch in hand, the second to leave it.
 * Nothing here ends the process: a run of the native runtime that is cut short takes the process down with an abort.
 */
export class Interruption {
  readonly #stop = new AbortController();
  readonly #quit = new AbortController();
  #exitCode: number | undefined;

  /** Aborted by the first signal. */
  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  /** Aborted by the second signal. */
  get quit(): AbortSignal {
    return this.#quit.signal;
  }

  /** What a program exits with that ended because of the first signal; undefined where none came. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  receive(signal: EndSignal): void {
    const controller = this.#exitCode === undefined ? this.#stop : this.#quit;
    this.#exitCode ??= EXIT_CODES[signal];
    controller.abort(new InterruptedError('interrupted'));
  }
}
