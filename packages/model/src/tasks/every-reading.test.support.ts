// Tasks that between them read all that heads can: the embedding at length 1 and as it is, poolings of their own, pairs.
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

/** The folder of a small encoder. */
export const NANO_BERT: string = new URL('../../fixtures/nano-bert', import.meta.url).pathname;

/** Of different lengths; two are equal, and one is empty. */
export const TEXTS: readonly string[] = ['good day', '', 'the weather is good today and tomorrow', 'no', 'good day'];

export const PAIRS: readonly (readonly [textA: string, textB: string])[] = [
  ['good day', 'the weather is good'],
  ['no', 'no'],
];

export type EveryReading = {
  readonly intent: ClassificationTask<'refund' | 'cancel'>;
  readonly tags: MultiLabelTask<'urgent' | 'angry' | 'long'>;
  readonly mood: RegressionTask<1>;
  readonly alike: PairSimilarityTask;
  readonly follows: PairClassificationTask<'yes' | 'no' | 'maybe'>;
  readonly near: EmbeddingTask;
};

export const everyReading: EveryReading = {
  intent: classification(['refund', 'cancel'], { head: { hiddenSizes: [6], dropout: 0.5 } }),
  tags: multiLabel(['urgent', 'angry', 'long'], { head: { input: { pooling: ['cls', 'mean'] } } }),
  mood: regression({ head: { input: 'embedding' } }),
  alike: pairSimilarity(),
  follows: pairClassification(['yes', 'no', 'maybe'], { head: { input: { pooling: ['max'] } } }),
  near: embedding(),
};
