// Names of tasks become parts of parameter paths, of folders and of keys; names of labels become keys. What a name may
// be is decided here, before any of that is made of it.
import { describeValue } from '@sentence-mtl/core';
import { TaskConfigError } from './errors.ts';

const LONGEST_TASK_NAME = 64;
const LONGEST_LABEL = 1000;
const TASK_NAME = /^[A-Za-z0-9_-]+$/;
/** Names of devices, which Windows does not take for folders. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;
/** Every object of JavaScript has these keys already. */
const KEYS_OF_OBJECTS = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);
/** What a prediction carries beside those of the tasks. */
const KEPT_NAME = 'embedding';
/** A high or a low surrogate alone: no file can hold it. */
const BROKEN_CHARACTER = /\p{Surrogate}/u;

function problemOfTaskName(name: unknown): string | undefined {
  if (typeof name !== 'string') return 'it is not a text';
  if (name === '') return 'it is empty';
  if (name.length > LONGEST_TASK_NAME) return `it is longer than ${LONGEST_TASK_NAME} characters`;
  if (KEYS_OF_OBJECTS.has(name)) return 'every JavaScript object has a key of this name';
  if (name === KEPT_NAME) return 'predictions carry the embedding under this name';
  if (DEVICE.test(name)) return 'Windows knows a device of this name';
  if (!TASK_NAME.test(name))
    return 'a task becomes a folder and a part of paths, so only letters, digits, "_" and "-" do';
  return undefined;
}

/** Returns the name of a task if it may be one. @throws TaskConfigError where it may not */
export function checkTaskName(name: unknown): string {
  const problem = problemOfTaskName(name);
  if (problem === undefined) return String(name);
  throw new TaskConfigError(`${describeValue(name)} cannot be the name of a task: ${problem}`);
}

/** @throws TaskConfigError where there is no task, one may not be called so, or two differ in capitals only */
export function checkTaskNames(names: readonly string[]): void {
  if (names.length === 0) throw new TaskConfigError('no task is defined; at least one is needed');
  const known = new Map<string, string>();
  for (const name of names) {
    const folded = checkTaskName(name).toLowerCase();
    const other = known.get(folded);
    if (other !== undefined)
      throw new TaskConfigError(
        other === name
          ? `task "${name}" is defined twice`
          : `tasks "${other}" and "${name}" differ in capitals only; on many disks their folders would be the same`,
      );
    known.set(folded, name);
  }
}

function problemOfLabel(label: string): string | undefined {
  if (label === '') return 'it is empty';
  if (label.length > LONGEST_LABEL) return `it is longer than ${LONGEST_LABEL} characters`;
  if (KEYS_OF_OBJECTS.has(label)) return 'every JavaScript object has a key of this name';
  if (label.includes('\0')) return 'it contains a NUL character';
  if (BROKEN_CHARACTER.test(label)) return 'it contains half of a character (a surrogate alone)';
  return undefined;
}

export interface LabelNameProblem {
  readonly index: number;
  readonly problem: string;
}

/** What is wrong with the names of a task's labels; nothing where they are in order. */
export function labelNameProblems(labels: readonly string[]): readonly LabelNameProblem[] {
  const first = new Map<string, number>();
  return labels.flatMap((label, index) => {
    const problem = problemOfLabel(label);
    if (problem !== undefined)
      return [{ index, problem: `is ${describeValue(label)}, which cannot be a label: ${problem}` }];
    const other = first.get(label);
    if (other !== undefined)
      return [{ index, problem: `is ${describeValue(label)}, which is there already as number ${other}` }];
    first.set(label, index);
    return [];
  });
}
