/**
 * A metric never is NaN without a word: where its formula has no value, or a convention had to stand in for one, a note
 * says why. It is undefined only where the labels allow no value, whatever is predicted, so that what is defined in one
 * epoch is defined in all.
 */

/** The notes, and what each tells a person. */
export const METRIC_NOTES = {
  'no-rows': 'no row has a label',
  'one-row': 'only one row has a label',
  'one-class': 'all labels are of one class',
  'constant-labels': 'all labels are the same number',
  'constant-predictions': 'all predictions are the same',
  'no-positives': 'a label that no row has counts as 0',
  'never-predicted': 'the label is never predicted, which counts as 0',
  'labels-left-out': 'labels without a value are left out of the mean',
  'queries-left-out': 'queries without a relevant document are left out',
  'resamples-left-out': 'resamples without a value are left out',
  'tasks-left-out': 'tasks without a value are left out of the mean',
  'always-right': 'k reaches all labels, so that every row is right',
} as const;

/** Why a metric has no value, or one that a convention gave. For programs; `METRIC_NOTES` has the words. */
export type MetricNote = keyof typeof METRIC_NOTES;

export interface Metric {
  /** Undefined where the labels allow no value. */
  readonly value: number | undefined;
  /** Always there when the value is undefined. */
  readonly note?: MetricNote;
}

/** A metric with its note, if there is one. */
export function noted(value: number | undefined, note: MetricNote | undefined): Metric {
  return note === undefined ? { value } : { value, note };
}

/** No value, and why. */
export function undefinedMetric(note: MetricNote): Metric {
  return { value: undefined, note };
}

/** `numerator / denominator`, or 0 with a note where there is nothing to divide by. */
export function ratioOrZero(numerator: number, denominator: number, note: MetricNote): Metric {
  return denominator === 0 ? { value: 0, note } : { value: numerator / denominator };
}
