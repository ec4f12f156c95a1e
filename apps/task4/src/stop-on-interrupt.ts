import { constants } from 'node:os';

/** What a shell makes of an end by Ctrl-C. */
export const INTERRUPTED: number = 128 + constants.signals.SIGINT;

/**
 * A signal that the first Ctrl-C aborts, for the step in hand to be finished and saved. The second ends the process: it
 * comes to be heard between two runs of the engine only, which is where that is safe.
 */
export function stopOnInterrupt(say: (message: string) => void): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    say('\nFinishing the step in hand and saving; Ctrl-C again leaves without.');
    controller.abort();
  });
  return controller.signal;
}
