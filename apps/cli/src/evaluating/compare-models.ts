import type { MetricName } from '@sentence-mtl/evaluation';
import type { Task, Tasks } from '@sentence-mtl/heads';
import type { EvaluatedTask } from '../measure/evaluate-rows.ts';
import { measureDifference } from '../measure/measured-difference.ts';
import type { MeasuredMetric } from '../measure/measured-task.ts';

/** Two models on the same rows. */
export interface Comparison {
  readonly metric: MetricName;
  readonly model: number | null;
  readonly other: number | null;
  /** The model's less the other's, with the 95 % interval of the paired bootstrap. */
  readonly difference: MeasuredMetric;
}

/** The tasks that two models have alike: of the same kind, with the same labels in the same order. */
export function commonTasks(a: Tasks, b: Tasks): readonly string[] {
  const labels = (task: Task): string => ('labels' in task ? JSON.stringify(task.labels) : '');
  return Object.entries(a).flatMap(([name, task]) => {
    const other = Object.hasOwn(b, name) ? b[name] : undefined;
    return other?.kind === task.kind && labels(other) === labels(task) ? [name] : [];
  });
}

/** The tasks that two models have in common, compared on the rows that both were evaluated on. */
export function compareModels(
  model: ReadonlyMap<string, EvaluatedTask>,
  other: ReadonlyMap<string, EvaluatedTask>,
  seed: number,
): Readonly<Record<string, Comparison>> {
  const entries = [...model].flatMap(([name, mine]) => {
    const theirs = other.get(name);
    if (theirs === undefined) return [];
    const { primary: metric, interval } = mine.measured;
    const difference = measureDifference(mine.outputs, theirs.outputs, metric, seed);
    const comparison = { metric, model: interval.value, other: theirs.measured.interval.value, difference };
    return [[name, comparison] as const];
  });
  return Object.fromEntries(entries);
}
