// Precision, recall, F1 and Jaccard are one ratio of the same three counts each; averages differ in what they sum.
import { sumOf, type LabelCounts } from '../label-counts.ts';
import { noted, ratioOrZero, undefinedMetric, type Metric, type MetricNote } from '../metric.ts';

/** `micro`: of all labels' counts together; `macro`: every label counts the same; `weighted`: by its rows. */
export type Average = 'micro' | 'macro' | 'weighted';

/** Over which labels a macro average goes: those that some row has or was given, or all. */
export type AveragedLabels = 'observed' | 'all';

interface Ratio {
  readonly of: (truePositives: number, predicted: number, labelled: number) => readonly [number, number];
  /** What it means when there is nothing to divide by. */
  readonly note: MetricNote;
}

const PRECISION: Ratio = { of: (both, predicted) => [both, predicted], note: 'never-predicted' };
const RECALL: Ratio = { of: (both, _, labelled) => [both, labelled], note: 'no-positives' };
const F1: Ratio = { of: (both, predicted, labelled) => [2 * both, predicted + labelled], note: 'no-positives' };
const JACCARD: Ratio = { of: (both, predicted, labelled) => [both, predicted + labelled - both], note: 'no-positives' };

function ofLabel(ratio: Ratio, { truePositives, predicted, labelled }: LabelCounts, label: number): Metric {
  const [numerator, denominator] = ratio.of(truePositives[label] ?? 0, predicted[label] ?? 0, labelled[label] ?? 0);
  return ratioOrZero(numerator, denominator, ratio.note);
}

function micro(ratio: Ratio, { truePositives, predicted, labelled }: LabelCounts): Metric {
  const [numerator, denominator] = ratio.of(sumOf(truePositives), sumOf(predicted), sumOf(labelled));
  return ratioOrZero(numerator, denominator, ratio.note);
}

function mean(ratio: Ratio, counts: LabelCounts, weight: (label: number) => number): Metric {
  let [sum, weights, leftOut] = [0, 0, false];
  for (let label = 0; label < counts.labelled.length; label++) {
    const share = weight(label);
    if (share === 0) leftOut = true;
    else sum += share * (ofLabel(ratio, counts, label).value ?? 0);
    weights += share;
  }
  return weights === 0
    ? { value: 0, note: 'no-positives' }
    : noted(sum / weights, leftOut ? 'labels-left-out' : undefined);
}

function average(ratio: Ratio, counts: LabelCounts, kind: Average, over: AveragedLabels): Metric {
  const { rows, predicted, labelled } = counts;
  if (rows === 0) return undefinedMetric('no-rows');
  if (kind === 'micro') return micro(ratio, counts);
  if (kind === 'weighted') return mean(ratio, counts, (label) => labelled[label] ?? 0);
  const observed = (label: number): boolean => (predicted[label] ?? 0) + (labelled[label] ?? 0) > 0;
  return mean(ratio, counts, (label) => (over === 'all' || observed(label) ? 1 : 0));
}

/** `TP / predicted`: the share of what was given a label that has it. A label never given counts as 0. */
export function precision(counts: LabelCounts, kind: Average, over: AveragedLabels = 'observed'): Metric {
  return average(PRECISION, counts, kind, over);
}

/** `TP / labelled`: the share of what has a label that was given it. A label that no row has counts as 0. */
export function recall(counts: LabelCounts, kind: Average, over: AveragedLabels = 'observed'): Metric {
  return average(RECALL, counts, kind, over);
}

/** `2 TP / (predicted + labelled)`: the harmonic mean of precision and recall. */
export function f1(counts: LabelCounts, kind: Average, over: AveragedLabels = 'observed'): Metric {
  return average(F1, counts, kind, over);
}

/** `TP / (predicted + labelled − TP)`: intersection over union. */
export function jaccard(counts: LabelCounts, kind: Average, over: AveragedLabels = 'observed'): Metric {
  return average(JACCARD, counts, kind, over);
}

/** How one label fares. */
export interface LabelMetrics {
  readonly precision: Metric;
  readonly recall: Metric;
  readonly f1: Metric;
  /** Rows that have the label. */
  readonly support: number;
  /** Rows that were given the label. */
  readonly predicted: number;
}

/** Precision, recall and F1 of every label, in their order. */
export function labelMetrics(counts: LabelCounts): readonly LabelMetrics[] {
  return Array.from(counts.labelled, (support, label) => ({
    precision: ofLabel(PRECISION, counts, label),
    recall: ofLabel(RECALL, counts, label),
    f1: ofLabel(F1, counts, label),
    support,
    predicted: counts.predicted[label] ?? 0,
  }));
}
