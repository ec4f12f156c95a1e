import type { FreezingTable } from '@sentence-mtl/freeze-strategies';
import type { TaskEvaluation } from '@sentence-mtl/evaluation';

/** Something that happened in a run, told to whoever listens. */
export type TrainingEvent =
  | {
      readonly kind: 'started';
      readonly steps: number;
      readonly epochs: number;
      /** The step that the run goes on from; 0 for a new one. */
      readonly fromStep: number;
      readonly examples: number;
      /** What trains, at which rate, in each stage. */
      readonly freezing: FreezingTable;
    }
  | {
      readonly kind: 'stage';
      readonly step: number;
      /** Parameters, as numbers, that train from this step on. */
      readonly trainedParameters: number;
      /** Where steps begin: `tokens`, `layer 3`, `embedding`. */
      readonly start: string;
    }
  | { readonly kind: 'prefixCached'; readonly step: number; readonly texts: number; readonly seconds: number }
  | {
      readonly kind: 'step';
      /** Steps done. */
      readonly step: number;
      readonly epoch: number;
      readonly loss: number;
      /** Of the tasks that have a label in the step. */
      readonly taskLosses: Readonly<Record<string, number>>;
      readonly lossWeights: Readonly<Record<string, number>>;
      /** Before clipping; undefined where nothing clips. */
      readonly gradientNorm: number | undefined;
      /** The schedule's factor. */
      readonly rateFactor: number;
      readonly rows: number;
      readonly tokens: number;
      readonly seconds: number;
    }
  | {
      readonly kind: 'skipped';
      readonly step: number;
      /** What was not a finite number, and in which rows. */
      readonly reason: string;
    }
  | {
      readonly kind: 'evaluated';
      readonly step: number;
      readonly epoch: number;
      readonly tasks: Readonly<Record<string, TaskEvaluation>>;
      readonly losses: Readonly<Record<string, number | null>>;
      /** What the best model is chosen by. */
      readonly aggregate: number | null;
      readonly isBest: boolean;
      /** Of the evaluation. */
      readonly seconds: number;
      /** Of writing the model where it is the best so far; else 0. */
      readonly savingSeconds: number;
    }
  | { readonly kind: 'checkpoint'; readonly step: number; readonly folder: string; readonly seconds: number }
  | { readonly kind: 'listenerFailed'; readonly message: string }
  | { readonly kind: 'finished'; readonly step: number; readonly reason: EndReason };

/** Why a run ended: all steps are done, the metric no longer rose, or it was asked to. */
export type EndReason = 'completed' | 'earlyStopped' | 'aborted';
