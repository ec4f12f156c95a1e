import { progressLine, type ProgressUnit } from './progress-line.ts';
import type { StatusLine } from './status-line.ts';

export interface ProgressOptions {
  /** What is done: `encoding`. */
  readonly label: string;
  readonly unit: ProgressUnit;
  /** How much there is to do, where that is known. */
  readonly total?: number | undefined;
  /** How much an earlier run has done. Default 0. */
  readonly first?: number;
}

/** How far some work is, for people. */
export interface Progress {
  /** @param detail what else there is to say of it, at the end of the line */
  update(done: number, detail?: string): void;
  /** Takes the display away: the command's result says what was done. */
  end(): void;
}

/** What a display writes with. */
export interface ProgressScreen {
  readonly line: StatusLine;
  readonly isTerminal: boolean;
  readonly now: () => number;
}

/** Milliseconds between two lines: in place on a terminal, one below the other in a log. */
const INTERVALS = { terminal: 100, log: 10_000 };

/** On a terminal a line that is rewritten, elsewhere a plain line every ten seconds. */
export function showProgress(options: ProgressOptions, { line, isTerminal, now }: ProgressScreen): Progress {
  const { label, unit, total, first = 0 } = options;
  const interval = isTerminal ? INTERVALS.terminal : INTERVALS.log;
  const start = now();
  let next = start + (isTerminal ? 0 : interval);
  return {
    update(done, detail) {
      const time = now();
      if (time < next) return;
      next = time + interval;
      const progress = progressLine({ label, unit, done, first, total, seconds: (time - start) / 1000 });
      const text = detail === undefined ? progress : `${progress}  ${detail}`;
      if (isTerminal) line.show(text);
      else line.note(text).catch(() => undefined);
    },
    end: () => line.clear(),
  };
}

/** Shows nothing. */
export const noProgress: Progress = { update: () => undefined, end: () => undefined };
