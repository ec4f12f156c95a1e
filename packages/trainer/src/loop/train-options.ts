import type { StepOptions } from '@sentence-mtl/data';
import type { FreezeStrategy } from '@sentence-mtl/freeze-strategies';
import type { BalancingMethod } from '@sentence-mtl/task-balancing';
import type { Provenance, TaskModel } from '@sentence-mtl/model';
import type { Engine } from '@sentence-mtl/program';
import type { Parameters } from '@sentence-mtl/core';
import type { Evaluation } from '@sentence-mtl/freeze-strategies';
import type { Example } from '../batch/example.ts';
import type { EndReason } from '../events.ts';
import type { ResumePoint } from '../run/run-folder.ts';
import type { TrainingSettings } from '../settings.ts';
import type { TrainingModel } from '../training-model.ts';
import type { Listener } from './tell.ts';

export interface TrainOptions {
  readonly engine: Engine;
  /** It is not changed: what trains is copied. */
  readonly model: TrainingModel;
  readonly training: readonly Example[];
  /** Left out, nothing is evaluated, and the last model is the best; so it is where no evaluation has a value. */
  readonly validation?: readonly Example[] | undefined;
  /** The folder of the run. */
  readonly folder: string;
  readonly settings?: Partial<TrainingSettings>;
  /** How long the run is, and which examples each step takes: 3 epochs in steps of 32 examples of like length, by default. */
  readonly steps?: Partial<Omit<StepOptions, 'seed'>>;
  /** The most tokens of a micro-batch, padding included; a step of more is cut, which changes nothing. Null never cuts. */
  readonly tokenBudget?: number | null;
  /** What is frozen, and when it thaws: nothing, by default. */
  readonly freezing?: FreezeStrategy;
  /** How the losses of the tasks are weighed: all by 1, by default. */
  readonly balancing?: BalancingMethod;
  /** Goes on with the run in the folder instead of beginning one. */
  readonly resume?: ResumePoint | undefined;
  /** Writes a model to an empty folder: as `writeTaskModel` does, unless given. */
  readonly writeModel?: (folder: string, model: TaskModel) => Promise<void>;
  /** What the saved model says of how it came about, beside hashes of data and settings. It must be JSON. */
  readonly provenance?: Provenance;
  /** Ends the run after the step in hand, or before the next stage is made ready, with a checkpoint to go on from. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: Listener | undefined;
  /** Milliseconds, for rates. */
  readonly clock: () => number;
}

export interface TrainingResult {
  readonly reason: EndReason;
  /** Steps done. */
  readonly step: number;
  readonly history: readonly Evaluation[];
  /** The step of the best model and its value; undefined where nothing was evaluated. */
  readonly best: { readonly step: number; readonly value: number } | undefined;
  /** The best model; it does not exist where the run ended before anything was saved. */
  readonly modelFolder: string;
  /** The parameters at the end of the run. */
  readonly parameters: Parameters;
}
