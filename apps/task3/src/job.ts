import type { DataOptions } from './experiment-data.ts';
import type { MeasuredTasks } from './measure-tasks.ts';
import type { TrainingCost } from './train-tasks.ts';

/** What a process of its own is asked for: a scenario, by its place in the list, from a model. */
export interface Job {
  readonly scenario: number;
  /** The folder of the model to begin with. */
  readonly start: string;
  /** Where the model goes at the end, if it is needed. */
  readonly saveTo?: string;
  readonly scratch: string;
  readonly data: DataOptions;
  readonly epochs: number;
}

export interface JobResult extends TrainingCost {
  /** Of all tasks of the model, the old ones too. */
  readonly tasks: MeasuredTasks;
  /** The most that the process held until the end of training. */
  readonly memoryMb: number;
}

/** What a process answers: its result, or what a person is to read about a mistake. */
export type Answer = { readonly result: JobResult } | { readonly mistake: string };
