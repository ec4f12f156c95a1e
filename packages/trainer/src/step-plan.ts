/** A step of a run: where it is, and its examples. */
export interface PlannedStep {
  /** From 0. */
  readonly epoch: number;
  /** Whether it is the last of its epoch. */
  readonly endsEpoch: boolean;
  /** The examples of the step, as places in the training data. */
  readonly examples: readonly number[];
}

/** Which examples each step takes: a pure function of the step's number, so that a run can be gone on with anywhere. */
export interface StepPlan {
  /** What a plan of other settings is told apart by, in config.json and checkpoints. */
  readonly name: string;
  readonly totalSteps: number;
  readonly epochs: number;
  readonly stepAt: (step: number) => PlannedStep;
}
