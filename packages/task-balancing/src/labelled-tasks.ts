import { ArgumentError } from '@sentence-mtl/core';
import type { ByTask, LabelledStep, MeasuredStep } from './balancing-method.ts';

/** Names as the keys of a first state. @throws ArgumentError when there is none, or one comes twice */
export function stateOf<Value>(tasks: readonly string[], first: (task: string) => Value): ByTask<Value> {
  if (tasks.length === 0) throw new ArgumentError('there is no task whose loss could be weighed');
  const twice = tasks.find((task, i) => tasks.indexOf(task) !== i);
  if (twice !== undefined) throw new ArgumentError(`the task "${twice}" comes twice`);
  return Object.fromEntries(tasks.map((task) => [task, first(task)]));
}

/** A value of a task. */
export function valueOf<Value>(values: ByTask<Value>, task: string): Value | undefined {
  return Object.hasOwn(values, task) ? values[task] : undefined;
}

/** Whether a task has a label in a step. @throws ArgumentError when the step does not say how many */
export function isLabelled({ step, labelledCounts }: LabelledStep, task: string): boolean {
  const count = valueOf(labelledCounts, task);
  if (count !== undefined && count >= 0) return count > 0;
  throw new ArgumentError(`step ${step} does not say how many rows have a label of the task "${task}"`);
}

/** The loss of a labelled task. @throws ArgumentError when it is missing or not finite */
export function lossOf({ step, losses }: MeasuredStep, task: string): number {
  const loss = valueOf(losses, task);
  if (loss !== undefined && Number.isFinite(loss)) return loss;
  throw new ArgumentError(`the loss of the task "${task}" at step ${step} is ${loss ?? 'missing'}; it must be finite`);
}

/** Values for the tasks of a state, 0 for those without a label in the step. */
export function whereLabelled(
  step: LabelledStep,
  state: ByTask<unknown>,
  of: (task: string) => number,
): ByTask<number> {
  return Object.fromEntries(Object.keys(state).map((task) => [task, isLabelled(step, task) ? of(task) : 0]));
}
