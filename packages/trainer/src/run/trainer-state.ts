import type { Evaluation } from '@sentence-mtl/freeze-strategies';
import type { StateRecord } from '@sentence-mtl/optim';
import type { BalancingState } from '@sentence-mtl/task-balancing';

/** Sums over the steps of the epoch so far, for the means that its end reports. */
export interface EpochSums {
  readonly steps: number;
  readonly loss: number;
  /** Over the steps in which a task had a label. */
  readonly tasks: Readonly<Record<string, { readonly loss: number; readonly steps: number }>>;
}

export const NO_SUMS: EpochSums = { steps: 0, loss: 0, tasks: {} };

/**
 * All that a run needs to go on, besides parameters and moments. Everything random in a run follows from the seed and the
 * number of a step, so there is no generator among it.
 */
export interface TrainerState {
  /** Steps done. */
  readonly step: number;
  readonly history: readonly Evaluation[];
  readonly epochSums: EpochSums;
  /** What the balancing method remembers. */
  readonly balancing: BalancingState;
  readonly optimizer: StateRecord;
  /** The length of metrics.jsonl. */
  readonly metricsBytes: number;
}
