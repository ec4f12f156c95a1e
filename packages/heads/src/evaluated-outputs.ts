// What metrics take, as plain arrays; the names are those of the package `evaluation`.

/** N rows of one label each, of L. */
export interface EvaluatedClasses {
  readonly kind: 'classification' | 'pair-classification';
  readonly labelCount: number;
  /** (N), from 0 to L − 1. */
  readonly predictions: ArrayLike<number>;
  /** (N, L), each row adding up to 1. */
  readonly probabilities: ArrayLike<number>;
  /** (N), −100 where missing. */
  readonly labels: ArrayLike<number>;
}

/** N rows that have any of L tags. */
export interface EvaluatedTags {
  readonly kind: 'multi-label';
  readonly labelCount: number;
  /** (N, L) of 0 and 1. */
  readonly predictions: ArrayLike<number>;
  /** (N, L), from 0 to 1. */
  readonly probabilities: ArrayLike<number>;
  /** (N, L) of 0 and 1, NaN where missing. */
  readonly labels: ArrayLike<number>;
}

/** N rows of W numbers, in the units of the labels given. */
export interface EvaluatedNumbers {
  readonly kind: 'regression' | 'pair-similarity';
  /** (N, W) */
  readonly predictions: ArrayLike<number>;
  /** (N, W), NaN where missing. */
  readonly labels: ArrayLike<number>;
  readonly width: number;
}

/** Embeddings of which those of one row belong together, for retrieval: each (N, E). */
export interface EvaluatedEmbeddings {
  readonly kind: 'embedding';
  readonly dimension: number;
  readonly queries: ArrayLike<number>;
  /** Document i is the one that query i should find. */
  readonly documents: ArrayLike<number>;
  /** (N): NaN where a row has no pair. */
  readonly labels: ArrayLike<number>;
}

export type EvaluatedOutputs = EvaluatedClasses | EvaluatedTags | EvaluatedNumbers | EvaluatedEmbeddings;
