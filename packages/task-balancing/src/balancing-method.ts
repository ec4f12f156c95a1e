// A balancing method is data and pure functions: given what a step measured and a state, the weight of each task's loss
// and the next state. A state is plain JSON by the names of the tasks, so that it goes into a checkpoint as it is.

/** By the name of a task. */
export type ByTask<Value> = Readonly<Record<string, Value>>;

/** What is known of a step before its forward pass. */
export interface LabelledStep {
  /** The number of the step, from 0. */
  readonly step: number;
  /** Rows with a label of each task. */
  readonly labelledCounts: ByTask<number>;
}

/** What is known of a step after its forward pass. */
export interface MeasuredStep extends LabelledStep {
  /** The mean loss of each task over its labelled rows; that of a task without any is not read. */
  readonly losses: ByTask<number>;
}

/** What a method remembers of each task, as numbers by name. */
export type BalancingState = ByTask<Readonly<Record<string, number>>>;

export interface Balance {
  /** The factor on the gradient of each task's loss; 0 for a task without a label in the step. */
  readonly weights: ByTask<number>;
  /** What the method minimises: weighted losses, and terms of its own. */
  readonly total: number;
  /** The state for the next step. */
  readonly state: BalancingState;
}

/**
 * A method that weighs losses. A task without a label in a step has the weight 0, adds nothing to the total, and what
 * the method remembers of it stays as it is; the weights of the other tasks do not make up for it.
 */
export interface BalancingMethod {
  /** With all settings: a checkpoint of another name is of another run. */
  readonly name: string;
  /** @throws ArgumentError when there is no task, a name comes twice, or the method's settings name another */
  readonly init: (tasks: readonly string[]) => BalancingState;
  /**
   * The weights of a step before its losses are known: those that `weigh` gives. Absent where the weights depend on the
   * losses of the step itself, which then takes a forward pass before the backward one.
   */
  readonly weightsAhead?: (step: LabelledStep, state: BalancingState) => ByTask<number>;
  /** @throws ArgumentError when a labelled task has no finite loss */
  readonly weigh: (step: MeasuredStep, state: BalancingState) => Balance;
}
