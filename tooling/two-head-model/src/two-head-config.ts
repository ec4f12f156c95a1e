import type { EncoderConfig } from './encoder-config.ts';

/** An encoder and its heads: task name to number of classes, in the order of the loss weights. */
export interface TwoHeadConfig {
  readonly encoder: EncoderConfig;
  readonly tasks: Readonly<Record<string, number>>;
}

const PUBLISHED = { vocabularySize: 30522, maxPositions: 512, layerNormEpsilon: 1e-12 } as const;

/** The tasks of the benchmarks: 150 intents in 10 domains. */
const BENCH_TASKS = { intent: 150, domain: 10 };

export type PublishedModel = 'random-distilbert' | 'random-minilm';

/** Published sizes, for benchmarks with random weights. */
export const publishedModels: Readonly<Record<PublishedModel, TwoHeadConfig>> = {
  'random-distilbert': {
    encoder: {
      ...PUBLISHED,
      architecture: 'distilbert',
      segments: 0,
      hiddenSize: 768,
      heads: 12,
      layers: 6,
      intermediateSize: 3072,
    },
    tasks: BENCH_TASKS,
  },
  'random-minilm': {
    encoder: {
      ...PUBLISHED,
      architecture: 'bert',
      segments: 2,
      hiddenSize: 384,
      heads: 12,
      layers: 6,
      intermediateSize: 1536,
    },
    tasks: BENCH_TASKS,
  },
};
