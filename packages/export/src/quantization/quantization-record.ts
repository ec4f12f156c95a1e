import type { GraphDifference } from '../verification/compare-answers.ts';

/** What is stored of how a graph became int8. */
export interface QuantizationRecord extends GraphDifference {
  /** Bits of the weights of products. */
  readonly weightBits: 7 | 8;
  /** Weights of products that stay float32 because the graph was too far off with them in int8. */
  readonly excluded: readonly string[];
  /** The texts that all was measured on. */
  readonly texts: number;
  /** Whose texts: those that were given, or those that come with this package. */
  readonly sample: 'given' | 'built-in';
  /** By how many points (hundredths) the first metric of each labelled task is lower than with the model itself. */
  readonly lost: Readonly<Record<string, number>>;
}
