// A run as people see it: one line that moves for the steps, and a line that stays for whatever is worth keeping.
import type { TrainingEvent } from '@sentence-mtl/trainer';
import type { CommandContext } from '../command-line/command-context.ts';
import type { Progress } from '../command-line/progress-display.ts';
import { amountText, countText, durationText } from '../command-line/progress-line.ts';

type Of<K extends TrainingEvent['kind']> = Extract<TrainingEvent, { readonly kind: K }>;

/** How much of the average loss the newest step is: about the last 20 steps count. */
const NEWEST = 0.1;

const fixed = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : value.toFixed(3);

/** `intent accuracy 0.912, domain accuracy 0.980`. */
function metricsText({ tasks }: Of<'evaluated'>): string {
  const parts = Object.entries(tasks).map(([name, { primary, metrics }]) => {
    return `${name} ${primary} ${fixed(metrics[primary]?.value)}`;
  });
  return parts.join(', ');
}

function lossesText(losses: Readonly<Record<string, number | null>>): string {
  return Object.entries(losses)
    .map(([name, loss]) => `${name} ${fixed(loss)}`)
    .join(', ');
}

/** Shows the events of a run. */
export class TrainingView {
  readonly #context: Pick<CommandContext, 'note' | 'progress'>;
  #progress: Progress | undefined;
  #steps = 0;
  #epochs = 0;
  readonly #losses = new Map<string, number>();
  #speed = { rows: 0, seconds: 0 };

  constructor(context: Pick<CommandContext, 'note' | 'progress'>) {
    this.#context = context;
  }

  show(event: TrainingEvent): void {
    const text = this.#textOf(event);
    // Notes that nobody reads do not end the work.
    if (text !== undefined) this.#context.note(text).catch(() => undefined);
  }

  /** Takes the moving line away. */
  end(): void {
    this.#progress?.end();
  }

  #begin({ steps, epochs, fromStep, examples }: Of<'started'>): string {
    [this.#steps, this.#epochs] = [steps, epochs];
    const from = fromStep === 0 ? '' : `, on from step ${amountText(fromStep, 'steps')}`;
    return `training: ${countText(steps, 'step')}, ${countText(epochs, 'epoch')} of ${countText(examples, 'row')}${from}`;
  }

  /** The line of steps, from the first of them on: what is computed before it says nothing about their rate. */
  #progressFrom(step: number): Progress {
    this.#progress ??= this.#context.progress({
      label: 'training',
      unit: 'steps',
      total: this.#steps,
      first: step,
    });
    return this.#progress;
  }

  #step({ step, epoch, taskLosses, rows, seconds }: Of<'step'>): undefined {
    for (const [name, loss] of Object.entries(taskLosses)) {
      const before = this.#losses.get(name) ?? loss;
      this.#losses.set(name, before + NEWEST * (loss - before));
    }
    const { rows: rowsBefore, seconds: secondsBefore } = this.#speed;
    this.#speed = { rows: rows + (1 - NEWEST) * rowsBefore, seconds: seconds + (1 - NEWEST) * secondsBefore };
    const speed =
      this.#speed.seconds > 0 ? `  ${amountText(this.#speed.rows / this.#speed.seconds, 'rows')} rows/s` : '';
    const losses = lossesText(Object.fromEntries(this.#losses));
    this.#progressFrom(step).update(step, `epoch ${epoch + 1} of ${this.#epochs}  loss: ${losses}${speed}`);
  }

  #textOf(event: TrainingEvent): string | undefined {
    switch (event.kind) {
      case 'started':
        return this.#begin(event);
      case 'stage': {
        const from = event.start === 'tokens' ? '' : `, each step from the kept outputs before: ${event.start}`;
        return `${amountText(event.trainedParameters, 'parameters')} parameters train${from}`;
      }
      case 'prefixCached':
        return `kept the frozen outputs of ${countText(event.texts, 'text')} in ${durationText(event.seconds)}`;
      case 'step':
        return this.#step(event);
      case 'skipped':
        return `step ${event.step} is left out: ${event.reason}`;
      case 'evaluated': {
        const best = event.isBest ? ', the best so far' : '';
        return `after epoch ${event.epoch + 1}, step ${event.step}: validation ${metricsText(event)}; loss ${lossesText(event.losses)}${best}`;
      }
      case 'listenerFailed':
        return event.message;
      case 'checkpoint':
      case 'finished':
        return undefined;
    }
  }
}
