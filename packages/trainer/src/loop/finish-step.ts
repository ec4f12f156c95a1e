import type { PlannedStep } from '@sentence-mtl/data';
import { NonFiniteError } from '../errors.ts';
import { NO_SUMS, type EpochSums } from '../run/trainer-state.ts';
import type { StepLosses } from '../step/step-program.ts';
import type { Run } from './run.ts';

/** What a step gave. */
export interface StepOutcome extends StepLosses {
  /** Tasks that had a label, with the number of their rows. */
  readonly labelled: Readonly<Record<string, number>>;
  readonly lossWeights: Readonly<Record<string, number>>;
  readonly gradientNorm: number | undefined;
  /** What was not a finite number; then nothing was updated. */
  readonly problem: string | undefined;
  readonly tokens: number;
  readonly seconds: number;
}

/** Rows that messages name. */
const NAMED_ROWS = 5;

function describeRows({ parts }: Run, { examples }: PlannedStep): string {
  const placeOf = (example: number): string => parts.training.examples[example]?.place ?? `row ${example}`;
  const places = examples.slice(0, NAMED_ROWS).map(placeOf);
  const rest = examples.length - places.length;
  return `${places.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function added(sums: EpochSums, { loss, taskLosses, labelled }: StepOutcome): EpochSums {
  const tasks = Object.keys(taskLosses).map((task) => {
    const before = sums.tasks[task] ?? { loss: 0, steps: 0 };
    if ((labelled[task] ?? 0) === 0) return [task, before] as const;
    return [task, { loss: before.loss + (taskLosses[task] ?? 0), steps: before.steps + 1 }] as const;
  });
  return { steps: sums.steps + 1, loss: sums.loss + loss, tasks: Object.fromEntries(tasks) };
}

function epochMeans({ steps, loss, tasks }: EpochSums): Readonly<Record<string, unknown>> {
  const means = Object.entries(tasks).map(([task, sum]) => [task, sum.steps === 0 ? null : sum.loss / sum.steps]);
  return { loss: steps === 0 ? null : loss / steps, taskLosses: Object.fromEntries(means) };
}

/** Only the tasks that had a label in the step. */
function ofLabelled<T>(values: Readonly<Record<string, T>>, labelled: StepOutcome['labelled']): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([task]) => (labelled[task] ?? 0) > 0));
}

/** @throws NonFiniteError where the run is to stop at such a step */
function checkFinite(run: Run, planned: PlannedStep, { problem }: StepOutcome): void {
  if (problem === undefined) return;
  const step = run.state.step + 1;
  const reason = `${problem}, in the step with the rows ${describeRows(run, planned)}`;
  if (run.parts.settings.nonFinite === 'stop') {
    throw new NonFiniteError(
      `step ${step}: ${reason}; nothing was updated. A lower learning rate or clipping may help, or nonFinite "skip" leaves such steps out`,
    );
  }
  run.parts.tell({ kind: 'skipped', step, reason });
}

/** Counts a step, and logs and tells what it gave. */
export async function finishStep(run: Run, planned: PlannedStep, outcome: StepOutcome): Promise<void> {
  checkFinite(run, planned, outcome);
  const { state, parts } = run;
  const { settings, folder, tell } = parts;
  const { loss, labelled, lossWeights, gradientNorm, tokens, seconds, problem } = outcome;
  const step = state.step + 1;
  const taskLosses = ofLabelled(outcome.taskLosses, labelled);
  const rateFactor = parts.schedule(state.step);
  run.state = { ...state, step, epochSums: problem === undefined ? added(state.epochSums, outcome) : state.epochSums };
  if (problem === undefined) {
    const record = { step, epoch: planned.epoch, loss, taskLosses, lossWeights, gradientNorm, rateFactor };
    if (step % settings.logEvery === 0) {
      await folder.logMetrics({ kind: 'step', ...record });
      await folder.logTiming({ kind: 'step', step, rows: planned.examples.length, tokens, seconds });
    }
    tell({ kind: 'step', ...record, rows: planned.examples.length, tokens, seconds });
  } else {
    await folder.logMetrics({ kind: 'skipped', step, epoch: planned.epoch, reason: problem });
  }
  if (!planned.endsEpoch) return;
  await folder.logMetrics({ kind: 'epoch', step, epoch: planned.epoch, ...epochMeans(run.state.epochSums) });
  run.state = { ...run.state, epochSums: NO_SUMS };
}
