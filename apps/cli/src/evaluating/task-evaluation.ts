import { confusionMatrix } from '@sentence-mtl/evaluation';
import type { EvaluatedTask } from '../measure/evaluate-rows.ts';
import type { MeasuredTask } from '../measure/measured-task.ts';
import { confusions, wrongRows, type Confusion, type WrongRow } from '../measure/wrong-rows.ts';

/** All that is told of a task. */
export interface TaskEvaluation {
  readonly measured: MeasuredTask;
  /** In the order of the matrix; none for numbers. */
  readonly labels: readonly string[];
  /** A row for each label, a column for each prediction; for tasks with one label a row. */
  readonly matrix?: readonly (readonly number[])[];
  readonly confusions: readonly Confusion[];
  readonly worst: readonly WrongRow[];
}

function matrixOf({ outputs }: EvaluatedTask): Pick<TaskEvaluation, 'matrix'> {
  if (outputs.kind !== 'classification' && outputs.kind !== 'pair-classification') return {};
  const { labelCount, predictions, labels } = outputs;
  const { counts } = confusionMatrix(predictions, labels, labelCount);
  const row = (label: number): readonly number[] => [...counts.subarray(label * labelCount, (label + 1) * labelCount)];
  return { matrix: Array.from({ length: labelCount }, (_, label) => row(label)) };
}

/** @param errors how many of the most wrong rows are told */
export function taskEvaluation(evaluated: EvaluatedTask, errors: number): TaskEvaluation {
  const { own, measured } = evaluated;
  return {
    measured,
    labels: 'labels' in own.task ? own.task.labels : [],
    ...matrixOf(evaluated),
    confusions: confusions(evaluated),
    worst: wrongRows(evaluated, errors),
  };
}
