import { METRIC_NOTES, type Metric } from '../metric.ts';
import type { TaskEvaluations } from './aggregate-tasks.ts';
import type { TaskEvaluation } from './evaluate-task.ts';

/** A metric for people: three decimals, or a dash, with a star where a note belongs to it. */
function formatMetric({ value, note }: Metric): string {
  return `${value === undefined ? '–' : value.toFixed(3)}${note === undefined ? '' : '*'}`;
}

function shownOf({ headline, metrics }: TaskEvaluation): readonly (readonly [string, Metric])[] {
  return headline.flatMap((name) => {
    const metric = metrics[name];
    return metric === undefined ? [] : [[name, metric] as const];
  });
}

function rowsOf({ rows, missing }: TaskEvaluation): string {
  return missing === 0 ? `${rows}` : `${rows} of ${rows + missing}`;
}

/**
 * A line for each task: its labelled rows, its primary metric and the few others that people ask for first. Notes of
 * these follow, a line each.
 */
export function metricsTable(evaluations: TaskEvaluations): string {
  const entries = Object.entries(evaluations);
  const lines = entries.map(([task, evaluation]) => [
    task,
    rowsOf(evaluation),
    ...shownOf(evaluation).map(([name, metric]) => `${name} ${formatMetric(metric)}`),
  ]);
  const all = [['task', 'rows', 'primary metric'], ...lines];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const notes = entries.flatMap(([task, evaluation]) =>
    shownOf(evaluation).flatMap(([name, { note }]) =>
      note === undefined ? [] : [`* ${task}, ${name}: ${METRIC_NOTES[note]}`],
    ),
  );
  const table = all.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...table, ...notes].join('\n');
}
