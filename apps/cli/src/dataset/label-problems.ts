import { labelChecker, labelsProblem, type LabelSets, type Row, type RowProblem } from '@sentence-mtl/data';
import { numberOf } from '@sentence-mtl/heads';
import type { InferredTasks } from './infer-tasks.ts';

/** The label sets that labels of all sides must be from: those of a file, else those of the tasks. */
function labelSetsOf({ tasks }: InferredTasks): LabelSets {
  const sets = tasks.flatMap(({ name, task }) => ('labels' in task ? [[name, task.labels] as const] : []));
  const score = tasks.flatMap(({ task }) => (task.kind === 'pair-similarity' ? [task.range] : []))[0];
  return { tasks: new Map(sets), ...(score !== undefined && { score: { min: score[0], max: score[1] } }) };
}

/** A label of one of the tasks that is no number where a number is needed; undefined where none is. */
export function numberProblem(row: Row, numbers: readonly string[]): RowProblem | undefined {
  const wrong = numbers.find((name) => {
    const label = row.labels[name] ?? null;
    return label !== null && numberOf(label) === undefined;
  });
  if (wrong === undefined) return undefined;
  return labelsProblem(row, `the label of task "${wrong}" is ${JSON.stringify(row.labels[wrong])}; a number is needed`);
}

/** Says of a row what is wrong with its labels, of those that the tasks have; undefined where nothing is. */
export function labelProblems(inferred: InferredTasks): (row: Row) => RowProblem | undefined {
  const check = labelChecker(labelSetsOf(inferred));
  const numbers = inferred.tasks.flatMap(({ name, task }) => (task.kind === 'regression' ? [name] : []));
  return (row) => check(row) ?? numberProblem(row, numbers);
}
