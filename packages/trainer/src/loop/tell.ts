import type { TrainingEvent } from '../events.ts';

export type Listener = (event: TrainingEvent) => unknown;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Tells events to a listener. One that throws, or whose promise is rejected, does not end the run: it is told so itself,
 * once, and hears the events that follow.
 */
export function teller(listener: Listener | undefined): (event: TrainingEvent) => void {
  let failed = false;
  const fail = (error: unknown): void => {
    if (failed) return;
    failed = true;
    tell({ kind: 'listenerFailed', message: messageOf(error) });
  };
  const tell = (event: TrainingEvent): void => {
    try {
      const result = listener?.(event);
      if (result instanceof Promise) result.catch(fail);
    } catch (error) {
      fail(error);
    }
  };
  return tell;
}
