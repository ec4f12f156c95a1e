import type { Metric } from '../metric.ts';
import type { MetricName } from './metric-name.ts';

/** What all outputs have in common. */
export interface MeasuredOutputs {
  readonly kind: string;
  readonly probabilities?: ArrayLike<number>;
}

/** Which rows to take; a row may stand there several times. */
export interface Selection {
  readonly rows: ArrayLike<number>;
  /** Whether probabilities, the bulk of the numbers, are wanted too. */
  readonly probabilities: boolean;
}

/** How the outputs O of a kind of task are measured. */
export interface KindMetrics<O extends MeasuredOutputs> {
  /** The metrics that a table shows; the first is the primary one. */
  readonly headline: readonly [MetricName, ...MetricName[]];
  /** N, rows without a label included. */
  readonly rowCount: (outputs: O) => number;
  /** The rows that have a label. */
  readonly labelledRows: (outputs: O) => ArrayLike<number>;
  readonly select: (outputs: O, selection: Selection) => O;
  /** What is true of the rows, in numbers: two models are compared on the same truth only. */
  readonly truth: (outputs: O) => ArrayLike<number>;
  /** Metrics of predictions and labels alone. */
  readonly metrics: Readonly<Partial<Record<MetricName, (outputs: O) => Metric>>>;
  /** Metrics of probabilities and labels. */
  readonly probabilityMetrics: Readonly<
    Partial<Record<MetricName, (outputs: O, probabilities: ArrayLike<number>) => Metric>>
  >;
}
