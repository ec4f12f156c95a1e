import { nearestMatch } from '@sentence-mtl/core';
import { labelsProblem, type RowProblem } from '../row-problem.ts';
import type { LabelValue, Row } from '../row.ts';
import { isNumeric } from './label-counts.ts';
import type { LabelSets, ScoreRange } from './label-sets.ts';

function unknownLabel(task: string, label: string, labels: ReadonlySet<string>): string {
  // A number is near all others.
  const nearest = isNumeric(label) ? undefined : nearestMatch(label, labels);
  const hint = nearest === undefined ? '; correct it, or add it to the labels' : `; did you mean "${nearest}"?`;
  return `label ${JSON.stringify(label)} of task "${task}" is not one of its ${labels.size} labels${hint}`;
}

/** The first label that is none of the task's. */
function unknownIn(value: LabelValue | undefined, labels: ReadonlySet<string>): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') return value.map(String).find((label) => !labels.has(label));
  return labels.has(String(value)) ? undefined : String(value);
}

function scoreProblem(row: Row, range: ScoreRange | undefined): string | undefined {
  if (row.kind === 'text' || row.score === null || range === undefined) return undefined;
  if (row.score >= range.min && row.score <= range.max) return undefined;
  return `the score is ${row.score}; it must be from ${range.min} to ${range.max}`;
}

/**
 * Looks at the labels of rows: says what is wrong with the first that is none of its task's, with the nearest that is.
 * Tasks without a set, and rows without a label, have nothing wrong.
 */
export function labelChecker({ tasks, score }: LabelSets): (row: Row) => RowProblem | undefined {
  const sets = [...tasks].map(([task, labels]) => [task, new Set(labels)] as const);
  return (row) => {
    for (const [task, labels] of sets) {
      const unknown = unknownIn(row.labels[task], labels);
      if (unknown !== undefined) return labelsProblem(row, unknownLabel(task, unknown, labels));
    }
    const message = scoreProblem(row, score);
    return message === undefined ? undefined : labelsProblem(row, message);
  };
}
