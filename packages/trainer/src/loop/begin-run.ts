import type { Run } from './run.ts';

/** Tells what the run is going to do. */
export function beginRun({ parts, state }: Run): void {
  const { plan, training, freezingTable, tell } = parts;
  tell({
    kind: 'started',
    steps: plan.totalSteps,
    epochs: plan.epochs,
    fromStep: state.step,
    examples: training.examples.length,
    freezing: freezingTable,
  });
}
