// How often rows are seen where nobody says so. Three epochs of few rows are too few steps to learn from: steps have a least
// number. Measured in docs/decisions/0009-epochs-by-steps.md.
import { amountText } from '../command-line/progress-line.ts';
import type { Settings } from './settings.ts';

/** Of rows that are many. */
const EPOCHS = 3;
/** Where that gives fewer, rows are seen more often. */
const FEWEST_STEPS = 500;
/** Rows are not seen more often than this, however few they are. */
const MOST_EPOCHS = 20;

/** Settings of which none is left to the rows. */
export type RunSettings = Settings & { readonly epochs: number };

export interface ChosenEpochs {
  readonly settings: RunSettings;
  /** What was chosen, and why; undefined where it was given. */
  readonly note: string | undefined;
}

function stepsText(steps: number): string {
  return `${amountText(steps, 'steps')} ${steps === 1 ? 'step' : 'steps'}`;
}

/** The settings with a number of epochs: the given one, or one that makes enough steps of as many training rows. */
export function chooseEpochs(settings: Settings, rows: number): ChosenEpochs {
  const { epochs, batchSize } = settings;
  if (epochs !== null) return { settings: { ...settings, epochs }, note: undefined };
  const steps = Math.max(1, Math.ceil(rows / batchSize));
  const chosen = Math.min(MOST_EPOCHS, Math.max(EPOCHS, Math.ceil(FEWEST_STEPS / steps)));
  const why =
    chosen === EPOCHS
      ? `which are ${stepsText(chosen * steps)}`
      : chosen === MOST_EPOCHS
        ? `the most, since one is ${stepsText(steps)} only`
        : `since ${EPOCHS} would be fewer than ${FEWEST_STEPS} steps`;
  return { settings: { ...settings, epochs: chosen }, note: `epochs: ${chosen}, ${why}; --epochs sets them` };
}
