import { ArgumentError, nearestMatch } from '@sentence-mtl/core';
import type { Metric } from '../metric.ts';
import type { KindMetrics, MeasuredOutputs } from './kind-metrics.ts';
import type { MetricName } from './metric-name.ts';
import type { EvaluatedKind, TaskOutputs } from './task-outputs.ts';
import { withKind } from './with-kind.ts';

/** What a task's outputs are worth. */
export interface TaskEvaluation {
  readonly kind: EvaluatedKind;
  /** The metric that stands for the task. */
  readonly primary: MetricName;
  /** The metrics that people ask for first, the primary one at their head. */
  readonly headline: readonly MetricName[];
  readonly metrics: Readonly<Partial<Record<MetricName, Metric>>>;
  /** Rows that have a label. */
  readonly rows: number;
  /** Rows without a label, which are left out of every metric. */
  readonly missing: number;
}

export interface EvaluateTaskOptions {
  /** In place of the kind's own. */
  readonly primary?: MetricName;
}

type MetricTable = Readonly<Partial<Record<MetricName, Metric>>>;

function metricsOf<O extends MeasuredOutputs>(kind: KindMetrics<O>, outputs: O): MetricTable {
  const { probabilities } = outputs;
  const plain = Object.entries(kind.metrics).map(([name, metric]) => [name, metric(outputs)] as const);
  const fromProbabilities =
    probabilities === undefined
      ? []
      : Object.entries(kind.probabilityMetrics).map(([name, of]) => [name, of(outputs, probabilities)] as const);
  return Object.fromEntries([...plain, ...fromProbabilities]);
}

/** @throws ArgumentError that lists the metrics there are */
export function noSuchMetric(name: string, names: readonly string[], kind: EvaluatedKind): ArgumentError {
  const near = nearestMatch(name, names);
  const hint = near === undefined ? `the metrics are ${names.join(', ')}` : `did you mean ${near}?`;
  return new ArgumentError(`"${name}" is not a metric of these ${kind} outputs; ${hint}`);
}

/**
 * All metrics of a task's kind. The primary one is `accuracy` for classification (pairs too), `f1Micro` for tags,
 * `spearman` for numbers and similarities and `ndcgAt10` for embeddings: all bounded by 1, so that a mean over tasks
 * means something.
 * @throws ArgumentError when lengths do not fit, labels or predictions are out of range, or there is no such metric
 */
export function evaluateTask(outputs: TaskOutputs, options: EvaluateTaskOptions = {}): TaskEvaluation {
  return withKind(outputs, (kind, own) => {
    const metrics = metricsOf(kind, own);
    const { primary = kind.headline[0] } = options;
    if (metrics[primary] === undefined) throw noSuchMetric(primary, Object.keys(metrics), outputs.kind);
    const rows = kind.labelledRows(own).length;
    const headline = [...new Set([primary, ...kind.headline])];
    return { kind: outputs.kind, primary, headline, metrics, rows, missing: kind.rowCount(own) - rows };
  });
}
