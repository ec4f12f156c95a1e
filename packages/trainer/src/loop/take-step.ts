import type { PlannedStep } from '@sentence-mtl/data';
import { finishStep, type StepOutcome } from './finish-step.ts';
import { runStep } from './run-step.ts';
import type { Run } from './run.ts';
import type { StageRunner } from './stage-runner.ts';

/** What the balancing method remembers of a step; nothing of one that was not finite. */
function remember(run: Run, { problem, labelled, taskLosses }: StepOutcome): void {
  if (problem !== undefined) return;
  const { step, balancing } = run.state;
  const measured = { step, labelledCounts: labelled, losses: taskLosses };
  run.state = { ...run.state, balancing: run.parts.balancing.weigh(measured, balancing).state };
}

/** One step of a run: computed, remembered, counted, logged and told. @throws NonFiniteError as `finishStep` does */
export async function takeStep(run: Run, stage: StageRunner, planned: PlannedStep): Promise<void> {
  const { settings, training, model, balancing, options, tokenBudget } = run.parts;
  const outcome = await runStep(stage, planned, {
    step: run.state.step,
    seed: settings.seed,
    prepared: training,
    taskNames: Object.keys(model.tasks),
    balancing,
    balancingState: run.state.balancing,
    tokenBudget,
    clock: options.clock,
  });
  remember(run, outcome);
  await finishStep(run, planned, outcome);
}
