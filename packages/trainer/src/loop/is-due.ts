import type { Every } from '../settings.ts';

/** Where a run is after a step. */
export interface StepDone {
  /** Steps done. */
  readonly step: number;
  readonly endsEpoch: boolean;
  /** Whether it was the last of the run. */
  readonly last: boolean;
}

/** Whether something that happens every so often happens after this step; after the last it always does. */
export function isDue(every: Every, { step, endsEpoch, last }: StepDone): boolean {
  if (last) return true;
  return every === 'epoch' ? endsEpoch : step % every.steps === 0;
}
