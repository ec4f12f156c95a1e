// A small encoder with a task of every kind, whose heads are of every make.
import {
  classification,
  embedding,
  multiLabel,
  pairClassification,
  pairSimilarity,
  regression,
  type ClassificationTask,
  type EmbeddingTask,
  type MultiLabelTask,
  type PairClassificationTask,
  type PairSimilarityTask,
  type RegressionTask,
} from '@sentence-mtl/heads';
import { createTaskModel, readSentenceModel, type TaskModel } from '@sentence-mtl/model';

/** The folder of the encoder. */
export const NANO_BERT: string = new URL('../fixtures/nano-bert', import.meta.url).pathname;

/** Of different lengths; two are equal, and one is empty. */
export const TEXTS: readonly string[] = ['good day', '', 'the weather is good today and tomorrow', 'no', 'good day'];

const everyPooling = ['cls', 'max', 'mean', 'mean_sqrt_len_tokens', 'weightedmean', 'lasttoken'] as const;
const mood = regression({
  size: 2,
  head: { input: 'embedding', hiddenSizes: [7], activation: 'relu' },
  standardize: true,
});

export type EveryTask = {
  readonly intent: ClassificationTask<'refund' | 'cancel' | 'other'>;
  readonly scaled: ClassificationTask<'a' | 'b'>;
  readonly tags: MultiLabelTask<'urgent' | 'angry' | 'long'>;
  readonly mood: RegressionTask<2>;
  readonly size: RegressionTask<1>;
  readonly alike: PairSimilarityTask;
  readonly follows: PairClassificationTask<'yes' | 'no' | 'maybe'>;
  readonly near: EmbeddingTask;
};

const everyTask: EveryTask = {
  intent: classification(['refund', 'cancel', 'other'], {
    head: { hiddenSizes: [6, 5], activation: 'gelu', dropout: 0.5 },
  }),
  scaled: classification(['a', 'b'], { head: { logitScale: 8, hiddenSizes: [4], activation: 'tanh' } }),
  tags: multiLabel(['urgent', 'angry', 'long'], {
    head: { input: { pooling: everyPooling } },
    thresholds: { angry: 0.2 },
  }),
  mood: { ...mood, scale: { means: [10, -2], deviations: [4, 0.5] } },
  size: regression(),
  alike: pairSimilarity({ range: [1, 5] }),
  follows: pairClassification(['yes', 'no', 'maybe'], {
    reads: { product: true },
    head: { input: { pooling: ['mean', 'max'] } },
  }),
  near: embedding(),
};

export const everyTaskModel = async (): Promise<TaskModel<EveryTask>> =>
  createTaskModel(await readSentenceModel(NANO_BERT), everyTask, 7);
