import type { HostTensor } from '@sentence-mtl/core';
import type { Loss } from '@sentence-mtl/losses';
import type { TensorType, Value } from '@sentence-mtl/program';
import type { ZodType } from 'zod';
import type { EvaluatedOutputs } from './evaluated-outputs.ts';
import type { HeadConfig } from './head-config.ts';
import type { SizedHead } from './head-parameters.ts';
import type { EmbeddingSizes, TextValues } from './text-values.ts';

/** The outputs of a task in a program; all kinds but `embedding` have one. */
export type OutputValues = readonly [Value, ...Value[]];
/** The same after a run. */
export type OutputTensors = readonly HostTensor[];

/** What is wrong with a label, in words that follow `label …`. */
export interface LabelProblem {
  readonly problem: string;
}

/**
 * All that is particular to a kind of task, with C its config and P the prediction for a row. Each kind is a file of
 * its own; `task-kinds.ts` is the one list of them.
 */
export interface TaskKind<C, P> {
  /** Of the config, which it fills with defaults. */
  readonly schema: ZodType<C>;
  /** How many texts a row has: 1, a pair's 2, or more. */
  textCount(task: C): number;
  /** The layers of the task; undefined where embeddings themselves are its outputs. */
  head(task: C, sizes: EmbeddingSizes): SizedHead | undefined;
  /**
   * @param texts as many as `textCount` says
   * @param head applies the layers of a head to features: (B, in) → (B, out)
   */
  outputs(task: C, texts: readonly TextValues[], head: (config: HeadConfig, features: Value) => Value): OutputValues;
  /** The tensor of labels of a batch; its first axis is `batch`. */
  labelType(task: C): TensorType<'int32' | 'float32'>;
  /** What stands in that tensor for a missing label. */
  readonly missingLabel: number;
  loss(task: C, outputs: OutputValues, labels: Value): Loss;
  /** A label as a row of the tensor, or what is wrong with it. Missing ones do not come here. */
  labelRow(task: C, label: unknown): readonly number[] | LabelProblem;
  /** The task as it is once the labels of the training split are known: scales of targets and the like. */
  fit(task: C, rows: readonly (readonly number[])[]): C;
  /** A prediction for each row. */
  predictions(task: C, outputs: OutputTensors, options: PredictionOptions): readonly P[];
  /** What metrics are computed from, missing labels included. */
  evaluated(task: C, outputs: OutputTensors, labels: HostTensor): EvaluatedOutputs;
}

export interface PredictionOptions {
  /** List this many labels, the best, beside the predicted one. */
  readonly topK?: number | undefined;
}
