import { ArgumentError, nearestMatch } from '@sentence-mtl/core';
import { meanOfMetrics } from '../mean-of-metrics.ts';
import { undefinedMetric, type Metric } from '../metric.ts';
import type { TaskEvaluation } from './evaluate-task.ts';
import { METRICS, type MetricName } from './metric-name.ts';

/** One number that stands for all tasks: what early stopping watches and the best model is chosen by. */
export interface Aggregate extends Metric {
  readonly better: 'higher' | 'lower';
}

export type TaskEvaluations = Readonly<Record<string, TaskEvaluation>>;

function entriesOf(evaluations: TaskEvaluations): readonly (readonly [string, TaskEvaluation, Metric])[] {
  return Object.entries(evaluations).map(([task, evaluation]) => {
    return [task, evaluation, evaluation.metrics[evaluation.primary] ?? undefinedMetric('no-rows')];
  });
}

function meanOfPrimaries(evaluations: TaskEvaluations): Aggregate {
  const entries = entriesOf(evaluations);
  const lower = entries.find(([, { primary }]) => METRICS[primary] === 'lower');
  if (lower !== undefined && entries.length > 1) {
    throw new ArgumentError(
      `the mean over tasks: less is better for ${lower[0]}.${lower[1].primary}, more for others; name one metric instead`,
    );
  }
  const metrics = entries.map(([, , metric]) => ({ ...metric, weight: 1 }));
  return { ...meanOfMetrics(metrics, 'tasks-left-out'), better: lower === undefined ? 'higher' : 'lower' };
}

function namedMetric(evaluations: TaskEvaluations, name: string): Aggregate {
  const [task, metricName] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)];
  const evaluation = Object.hasOwn(evaluations, task) ? evaluations[task] : undefined;
  const known = Object.entries(evaluation?.metrics ?? {}) as [MetricName, Metric][];
  const found = known.find(([one]) => one === metricName);
  if (found !== undefined) return { ...found[1], better: METRICS[found[0]] };
  const names = entriesOf(evaluations).flatMap(([one, { metrics }]) =>
    Object.keys(metrics).map((each) => `${one}.${each}`),
  );
  const near = nearestMatch(name, names);
  throw new ArgumentError(
    `"${name}" is not the metric of a task; ${near === undefined ? `they are ${names.join(', ')}` : `did you mean ${near}?`}`,
  );
}

/**
 * The mean of each task's primary metric, or a named metric of one task, such as `intent.f1Macro`. Tasks without a value
 * are left out of the mean, with a note; whether a task has one depends on its labels alone, not on the predictions.
 * @throws ArgumentError when there is no such metric, or the mean would be of some where more and others where less is
 *   better
 */
export function aggregateTasks(evaluations: TaskEvaluations, name = 'mean'): Aggregate {
  return name === 'mean' ? meanOfPrimaries(evaluations) : namedMetric(evaluations, name);
}
