/** The metrics of an evaluation during training. */
export interface Evaluation {
  /** Steps taken before it. */
  readonly step: number;
  /** By name, such as `intent.accuracy`; null where a metric has no value. */
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** How far a run is. It is all that strategies go by, is plain JSON, and belongs into a checkpoint. */
export interface Progress {
  /** The number of the step to come, from 0. */
  readonly step: number;
  /** The number of the epoch that it belongs to, from 0. */
  readonly epoch: number;
  /** The evaluations so far, the oldest first. */
  readonly history: readonly Evaluation[];
}
