import { parseEncoderConfig, type EncoderConfig } from '@sentence-mtl/encoder';
import { classification, defineTasks, type ClassificationTask } from '@sentence-mtl/heads';
import { modelFolder, readSentenceModelConfig, type SentenceModelConfig } from '@sentence-mtl/model';

type ClassificationTasks = Readonly<Record<string, ClassificationTask>>;

/** An encoder and its tasks, in the order of the loss weights. */
export interface TwoHeadConfig {
  readonly encoder: EncoderConfig;
  readonly tasks: ClassificationTasks;
}

/** Linear heads for tasks whose labels are numbers: task name to number of classes. */
export function numberedTasks(classes: Readonly<Record<string, number>>): ClassificationTasks {
  const labels = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => String(index));
  return defineTasks(
    Object.fromEntries(Object.entries(classes).map(([task, count]) => [task, classification(labels(count))])),
  );
}

/** A sentence model with this encoder as data: the masked mean of its token embeddings, normalised. */
export async function sentenceConfig(encoder: EncoderConfig): Promise<SentenceModelConfig> {
  const { config } = await readSentenceModelConfig(await modelFolder('minilm'));
  return { ...config, encoder };
}

/** The tasks of the benchmarks: 150 intents in 10 domains. */
const BENCH_TASKS = numberedTasks({ intent: 150, domain: 10 });

export type PublishedModel = 'random-distilbert' | 'random-minilm';

/** Published sizes, for benchmarks with random weights. */
export const publishedModels: Readonly<Record<PublishedModel, TwoHeadConfig>> = {
  'random-distilbert': { encoder: parseEncoderConfig({ model_type: 'distilbert' }), tasks: BENCH_TASKS },
  'random-minilm': {
    encoder: parseEncoderConfig({
      model_type: 'bert',
      vocab_size: 30522,
      hidden_size: 384,
      num_attention_heads: 12,
      num_hidden_layers: 6,
      intermediate_size: 1536,
      max_position_embeddings: 512,
    }),
    tasks: BENCH_TASKS,
  },
};
