import type { ScheduleConfig } from '@sentence-mtl/optim';

/** When something happens: at the end of each epoch, or after so many steps. */
export type Every = 'epoch' | { readonly steps: number };

/** What becomes of a step whose loss or gradients are not finite numbers: the run stops, or the step is left out. */
export type NonFinite = 'stop' | 'skip';

export interface PrefixCacheSettings {
  /** Whether the outputs of frozen lower layers are computed once and kept; `false` computes them at every step. */
  readonly enabled: boolean;
  /** More bytes than these go to a file. */
  readonly memoryBytes: number;
  /** `float16` halves the file, always goes to a file, and rounds what it keeps. */
  readonly precision: 'float32' | 'float16';
}

/** The settings of a run that are numbers and names: all of them are written to its config.json. */
export interface TrainingSettings {
  readonly seed: number;
  /** Most tokens of a text in training; the saved model keeps its encoder's own maximum. */
  readonly maxLength: number;
  /** Of the encoder; null takes 5e-5 below 40 million parameters, else 2e-5. */
  readonly learningRate: number | null;
  /** Of the heads; null takes 3e-2 for linear ones on embeddings of length 1, 1e-2 where they give numbers, else 1e-3. */
  readonly headLearningRate: number | null;
  readonly schedule: ScheduleConfig;
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The largest global norm of the gradients; null does not clip. */
  readonly clipNorm: number | null;
  /** In place of the encoder's own dropout rates; null keeps those. */
  readonly dropout: number | null;
  readonly evaluateEvery: Every;
  readonly checkpointEvery: Every;
  /** How many checkpoints stay. */
  readonly keepCheckpoints: number;
  /** What the best model is chosen by: `mean` of the tasks' primary metrics, or `<task>.<metric>`. */
  readonly bestMetric: string;
  /** Evaluations in a row without a better value after which the run stops; null never stops it. */
  readonly patience: number | null;
  readonly nonFinite: NonFinite;
  /** Steps between lines in metrics.jsonl. */
  readonly logEvery: number;
  readonly prefixCache: PrefixCacheSettings;
}

/** What a run has where nothing else is said. */
export const DEFAULT_SETTINGS: TrainingSettings = {
  seed: 42,
  maxLength: 128,
  learningRate: null,
  headLearningRate: null,
  schedule: { kind: 'linear', warmup: { fraction: 0.1 } },
  weightDecay: 0.01,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  clipNorm: 1,
  dropout: null,
  evaluateEvery: 'epoch',
  checkpointEvery: 'epoch',
  keepCheckpoints: 2,
  bestMetric: 'mean',
  patience: null,
  nonFinite: 'stop',
  logEvery: 10,
  prefixCache: { enabled: true, memoryBytes: 2 ** 30, precision: 'float32' },
};
