import type { QueryResult } from '../retrieval/retrieval-metrics.ts';

/** N rows of one label each, of L. A missing label is a negative number, such as the −100 of the losses, or NaN. */
export interface ClassificationOutputs {
  readonly kind: 'classification' | 'pair-classification';
  readonly labelCount: number;
  /** (N), from 0 to L − 1. */
  readonly predictions: ArrayLike<number>;
  /** (N, L), each row adding up to 1; without them there are no metrics of probabilities. */
  readonly probabilities?: ArrayLike<number>;
  /** (N). */
  readonly labels: ArrayLike<number>;
}

/** N rows that have any of L tags. A missing tag is a negative number or NaN. */
export interface MultiLabelOutputs {
  readonly kind: 'multi-label';
  readonly labelCount: number;
  /** (N, L) of 0 and 1. */
  readonly predictions: ArrayLike<number>;
  /** (N, L), from 0 to 1; without them there are no metrics of probabilities. */
  readonly probabilities?: ArrayLike<number>;
  /** (N, L) of 0 and 1. */
  readonly labels: ArrayLike<number>;
}

/** N numbers, or N rows of W numbers. A missing number is NaN. */
export interface NumberOutputs {
  readonly kind: 'regression' | 'pair-similarity';
  /** (N, W). */
  readonly predictions: ArrayLike<number>;
  /** (N, W). */
  readonly labels: ArrayLike<number>;
  /** W: 1 unless given. */
  readonly width?: number;
}

/** What was found for each of N queries by the nearness of embeddings. */
export interface EmbeddingOutputs {
  readonly kind: 'embedding';
  readonly results: readonly QueryResult[];
}

/** What a task predicted for some rows, and what is true of them. */
export type TaskOutputs = ClassificationOutputs | MultiLabelOutputs | NumberOutputs | EmbeddingOutputs;

export type EvaluatedKind = TaskOutputs['kind'];
