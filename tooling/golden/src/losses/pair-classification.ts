import { abs, concat, linear, mul, sub, type Value } from '@sentence-mtl/program';
import { crossEntropy } from './cross-entropy.ts';

export interface PairFeatures {
  /** u and v themselves. */
  readonly embeddings?: boolean;
  /** u · v, element by element. */
  readonly product?: boolean;
}

/** Cross entropy of a linear layer on u, v, |u − v| and, if asked for, u · v (Reimers and Gurevych 2019). */
export function pairClassification(
  u: Value,
  v: Value,
  weight: Value,
  bias: Value,
  labels: Value,
  { embeddings = true, product = false }: PairFeatures = {},
): Value {
  const features = [...(embeddings ? [u, v] : []), abs(sub(u, v)), ...(product ? [mul(u, v)] : [])];
  return crossEntropy(linear(concat(features, 1), weight, bias), labels);
}
